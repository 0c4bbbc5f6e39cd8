import { shellLine } from '../../domain/command-line.ts';
import type { SocketSource, SocketTable } from '../../domain/ports.ts';
import { type FarVantage, vantageText } from '../../domain/vantage.ts';
import { listenersCommand } from '../../evidence/sockets.ts';
import { listenersOf } from '../sockets/listeners.ts';
import { witnessScript } from '../witness/script.ts';
import { interfacesThere, ownAddresses } from './addresses.ts';
import { vantageCommand } from './command.ts';
import { explainEnd } from './failure.ts';
import { keptShell } from './kept-shell.ts';
import { MAX_OUTPUT_BYTES } from './run.ts';
import { readVantageSockets } from './sockets-read.ts';
import { socketsScript } from './sockets-script.ts';
import { vantageWitness } from './witness.ts';

type Seen = {
  readonly table: SocketTable;
  readonly owns: ReturnType<typeof ownAddresses>;
  readonly interfacesOf: ReturnType<typeof interfacesThere>;
};

/** The sockets of another machine or container: one connection, one script, read once however often it is asked. */
export function vantageSockets(vantage: FarVantage, limitMs: number): SocketSource {
  let seen: Promise<Seen> | null = null;
  const run = keptShell(vantage);
  const look = (signal: AbortSignal): Promise<Seen> => {
    seen ??= lookOnce(vantage, run, limitMs, signal);
    return seen;
  };
  return {
    host: vantageText(vantage),
    equivalent: (port, protocol) => listenersCommand(vantageText(vantage), port, protocol),
    read: async (signal) => (await look(signal)).table,
    owns: async (address, signal) => (await look(signal)).owns(address),
    interfacesOf: async (address, signal) => (await look(signal)).interfacesOf(address),
    witness: vantageWitness(vantage, run),
  };
}

/** What is run to read the sockets there, word for word: here, and then in the shell of the other side. */
export function describeLook(vantage: FarVantage, limitMs: number): { readonly here: string; readonly there: string } {
  const { tool, args } = vantageCommand(vantage, { limitMs });
  // The largest port stands nowhere else in the script.
  const asked = { watched: { protocol: 'tcp', port: 65_535 }, family: 4, source: null } as const;
  const watch = witnessScript(asked).replaceAll('65535', 'PORT');
  return {
    here: shellLine([tool, ...args]),
    there: `${socketsScript('listening')}\n\n# Only where the target is silent or refuses: PORT is the asked one.\n${watch}`,
  };
}

async function lookOnce(
  vantage: FarVantage,
  run: ReturnType<typeof keptShell>,
  limitMs: number,
  signal: AbortSignal,
): Promise<Seen> {
  const options = { timeoutMs: limitMs, signal, maxOutputBytes: MAX_OUTPUT_BYTES };
  const result = await run(socketsScript('listening'), options);
  if (result.kind !== 'done') {
    return { table: { unavailable: explainEnd(result, vantage) }, owns: () => null, interfacesOf: () => null };
  }
  const listing = readVantageSockets(result.stdout, vantageText(vantage));
  const table = 'unavailable' in listing ? listing : listenersOf(listing);
  return { table, owns: ownAddresses(result.stdout), interfacesOf: interfacesThere(result.stdout) };
}
