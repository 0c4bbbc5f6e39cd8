import { parseVantage } from '../../domain/parse-vantage.ts';
import type { SocketLister } from '../../domain/socket.ts';
import { typedCommand } from '../../domain/typed-command.ts';
import { type FarVantage, vantageText } from '../../domain/vantage.ts';
import { localLister } from '../sockets/sockets.ts';
import { explainEnd } from './failure.ts';
import { runOnVantage } from './run.ts';
import { readVantageSockets } from './sockets-read.ts';
import { socketsScript } from './sockets-script.ts';

type OpenedLister =
  | { readonly kind: 'ok'; readonly lister: SocketLister }
  | { readonly kind: 'invalid'; readonly message: string; readonly example: string };

/** All sockets of the vantage that a person named. Nothing is started before they are read, which takes `limitMs` at most. */
export function openLister(text: string, limitMs: number): OpenedLister {
  const parsed = parseVantage(text);
  if (parsed.kind === 'invalid') return parsed;
  const { vantage } = parsed;
  return { kind: 'ok', lister: vantage.kind === 'local' ? localLister : farLister(vantage, limitMs) };
}

function farLister(vantage: FarVantage, limitMs: number): SocketLister {
  const where = vantageText(vantage);
  return {
    host: where,
    equivalent: (port, isListening) => {
      const flags = isListening ? '-tulnp' : '-tuanp';
      const filter = isListening ? `sport = :${port}` : `( sport = :${port} or dport = :${port} )`;
      return typedCommand(vantage, port === null ? ['ss', flags] : ['ss', flags, filter]);
    },
    list: async (signal, wanted) => {
      const result = await runOnVantage(vantage, socketsScript(wanted), { limitMs, signal });
      if (result.kind !== 'done') return { unavailable: explainEnd(result, vantage) };
      return readVantageSockets(result.stdout, where);
    },
  };
}
