import type { SocketSource, SocketTable } from '../../../domain/ports.ts';
import type { Transport } from './bound.ts';
import { PASTE_COMMANDS, type PastedSockets, readPastedSockets } from './sockets.ts';

/** The port that is asked about; null where none is. */
type Asked = { readonly port: number | null; readonly protocol: Transport };

export type PastedSource =
  | { readonly kind: 'ok'; readonly source: SocketSource }
  | { readonly kind: 'invalid'; readonly message: string; readonly example: string };

const LONGEST_QUOTE = 60;

/** The sockets that a colleague pasted. Whose machine they are of nobody can tell: `owns` is null. */
export function pastedSource(text: string, asked: Asked): PastedSource {
  const pasted = readPastedSockets(text);
  if (pasted === null) {
    const message = text.trim() === '' ? 'nothing was pasted' : 'this is no output of ss, netstat or lsof';
    return { kind: 'invalid', message, example: Object.values(PASTE_COMMANDS).join(', ') };
  }
  const table = tableOf(pasted, asked);
  return {
    kind: 'ok',
    source: {
      host: 'pasted',
      equivalent: () => PASTE_COMMANDS[pasted.format],
      read: async () => table,
      owns: async () => null,
      interfacesOf: async () => null,
    },
  };
}

/** A port that is not in the paste is missing on the machine only if the paste would have shown it. */
function tableOf(pasted: PastedSockets, { port, protocol }: Asked): SocketTable {
  const { listening, format } = pasted;
  const isListed = listening.some((listener) => listener.port === port && listener.protocol === protocol);
  const why = port === null || isListed ? null : whyUnseen(pasted, port, protocol);
  if (why !== null) {
    return { unavailable: { reason: 'not-supported', hint: `${why}; ${PASTE_COMMANDS[format]} shows all of it.` } };
  }
  return { listening, missing: missingOf(pasted) };
}

function whyUnseen({ listening, others, unread, isFiltered, isCut }: PastedSockets, port: number, protocol: Transport) {
  const name = protocol.toUpperCase();
  if (listening.length === 0 && others > 0) return 'what was pasted lists connections and no listeners';
  if (!listening.some((listener) => listener.protocol === protocol))
    return `what was pasted lists no ${name} listeners`;
  if (isFiltered) return `what was pasted was filtered, and ${name} port ${port} is not among what was left`;
  const named = unread.find((line) => new RegExp(`[:.]${port}\\b`).test(line));
  if (named !== undefined) return `a line that may be about ${name} port ${port} could not be read: ${quote(named)}`;
  if (isCut) return 'what was pasted is longer than is read, and the port is not in the first part';
  return null;
}

function missingOf({ format, unread, isCut }: PastedSockets): string {
  const words = [
    `read as the output of ${PASTE_COMMANDS[format]}`,
    unread.length > 0 && `${unread.length} lines were not understood, the first: ${quote(unread[0] ?? '')}`,
    isCut && 'the end was left out',
  ];
  return words.filter((word) => word !== false).join('; ');
}

function quote(line: string): string {
  return JSON.stringify(line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line);
}
