import type { Obstacle } from '../../../domain/obstacle.ts';
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
  const unseen = port === null || isListed ? null : whyUnseen(pasted, port, protocol);
  if (unseen !== null) {
    return { unavailable: { reason: 'not-supported', obstacles: [{ ...unseen, command: PASTE_COMMANDS[format] }] } };
  }
  return { listening, gaps: gapsOf(pasted) };
}

function whyUnseen(
  { listening, others, unread, isFiltered, isCut }: PastedSockets,
  port: number,
  protocol: Transport,
): Obstacle | null {
  if (listening.length === 0 && others > 0) return { code: 'paste-without-listeners' };
  if (!listening.some((listener) => listener.protocol === protocol))
    return { code: 'paste-without-protocol', protocol };
  if (isFiltered) return { code: 'paste-filtered', protocol, port };
  const named = unread.find((line) => new RegExp(`[:.]${port}\\b`).test(line));
  if (named !== undefined) return { code: 'paste-line-unread', protocol, port, said: quote(named) };
  return isCut ? { code: 'paste-cut-before' } : null;
}

function gapsOf({ format, unread, isCut }: PastedSockets): readonly Obstacle[] {
  const [first] = unread;
  return [
    { code: 'paste-read-as', command: PASTE_COMMANDS[format] },
    ...(first === undefined ? [] : [{ code: 'paste-lines-unread', count: unread.length, said: quote(first) } as const]),
    ...(isCut ? [{ code: 'paste-cut' } as const] : []),
  ];
}

function quote(line: string): string {
  return JSON.stringify(line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line);
}
