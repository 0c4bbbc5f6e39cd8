import { shellLine } from '../../domain/command-line.ts';
import type { SocketSource, SocketTable } from '../../domain/ports.ts';
import { type FarVantage, vantageText } from '../../domain/vantage.ts';
import { listenersCommand } from '../../evidence/sockets.ts';
import { listenersOf } from '../sockets/listeners.ts';
import { interfacesThere, ownAddresses } from './addresses.ts';
import { vantageCommand } from './command.ts';
import { explainEnd } from './failure.ts';
import { runOnVantage } from './run.ts';
import { readVantageSockets } from './sockets-read.ts';
import { socketsScript } from './sockets-script.ts';

type Seen = {
  readonly table: SocketTable;
  readonly owns: ReturnType<typeof ownAddresses>;
  readonly interfacesOf: ReturnType<typeof interfacesThere>;
};

/** The sockets of another machine or container: one connection, one script, read once however often it is asked. */
export function vantageSockets(vantage: FarVantage, limitMs: number): SocketSource {
  let seen: Promise<Seen> | null = null;
  const look = (signal: AbortSignal): Promise<Seen> => {
    seen ??= lookOnce(vantage, limitMs, signal);
    return seen;
  };
  return {
    host: vantageText(vantage),
    equivalent: (port, protocol) => listenersCommand(vantageText(vantage), port, protocol),
    read: async (signal) => (await look(signal)).table,
    owns: async (address, signal) => (await look(signal)).owns(address),
    interfacesOf: async (address, signal) => (await look(signal)).interfacesOf(address),
  };
}

/** What is run to read the sockets there, word for word: here, and then in the shell of the other side. */
export function describeLook(vantage: FarVantage, limitMs: number): { readonly here: string; readonly there: string } {
  const { tool, args } = vantageCommand(vantage, { limitMs });
  return { here: shellLine([tool, ...args]), there: socketsScript('listening') };
}

async function lookOnce(vantage: FarVantage, limitMs: number, signal: AbortSignal): Promise<Seen> {
  const result = await runOnVantage(vantage, socketsScript('listening'), { limitMs, signal });
  if (result.kind !== 'done') {
    return { table: { unavailable: explainEnd(result, vantage) }, owns: () => null, interfacesOf: () => null };
  }
  const listing = readVantageSockets(result.stdout, vantageText(vantage));
  const table = 'unavailable' in listing ? listing : listenersOf(listing);
  return { table, owns: ownAddresses(result.stdout), interfacesOf: interfacesThere(result.stdout) };
}
