import type { Listener } from '../../../domain/evidence.ts';
import { servicePort } from '../../host/services.ts';
import { isOldSs } from '../ss-address.ts';
import type { PastedRow, PortReader } from './bound.ts';
import { pastedLines } from './lines.ts';
import { pastedLsofRow } from './lsof.ts';
import { pastedBsdRow } from './netstat-bsd.ts';
import { pastedLinuxRow } from './netstat-linux.ts';
import { pastedWindowsRow } from './netstat-windows.ts';
import { pastedSsRow } from './ss.ts';

/** What a person is asked to run, by where they run it. */
export const PASTE_COMMANDS = {
  ss: 'ss -ltunp',
  'netstat-linux': 'netstat -tulnp',
  'netstat-bsd': 'netstat -an',
  'netstat-windows': 'netstat -ano',
  lsof: 'lsof -i -n -P',
} as const;

export type PasteFormat = keyof typeof PASTE_COMMANDS;

/** `unread`: lines that hold a socket, as it seems, and were not understood. `isFiltered`: only some sockets were asked for. */
export type PastedSockets = {
  readonly format: PasteFormat;
  readonly listening: readonly Listener[];
  readonly others: number;
  readonly unread: readonly string[];
  readonly isFiltered: boolean;
  readonly isCut: boolean;
};

type LineReader = (line: string) => PastedRow;

const READERS: Readonly<Record<PasteFormat, (portOf: PortReader, text: string) => LineReader>> = {
  ss: (portOf, text) => pastedSsRow(portOf, isOldSs(text)),
  'netstat-linux': pastedLinuxRow,
  'netstat-bsd': pastedBsdRow,
  'netstat-windows': pastedWindowsRow,
  lsof: pastedLsofRow,
};
const FORMATS = Object.keys(READERS) as readonly PasteFormat[];
/** Enough to tell the formats apart; some hold nothing but words at first. */
const SAMPLE_LINES = 500;
/** A line that is neither a header nor a prompt names a protocol or a state, and a number. */
const LOOKS_LIKE_SOCKET = /(?:\b(?:tcp|udp)(?:4|6|46)?\b|\bLISTEN(?:ING)?\b|\bUNCONN\b).*\d/i;
/** The command line, where it was copied as well: a filter in it hides what it does not name. */
const FILTER =
  /\b(?:ss|netstat|lsof)\b.*(?:\|\s*(?:grep|findstr|awk|head|tail)\b|\b[sd]port\b|\s-i\s?(?:tcp|udp)?:\w)/i;

/** Reads what somebody pasted from ss, netstat or lsof; null where it is none of them. Never throws. */
export function readPastedSockets(text: string): PastedSockets | null {
  const { lines, isCut } = pastedLines(text);
  const toPort = portReader();
  const format = formatOf(lines, toPort, text);
  if (format === null) return null;
  const parse = READERS[format](toPort, text);
  const listening: Listener[] = [];
  const unread: string[] = [];
  let others = 0;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [row, used] = rowAt(line, lines[at + 1], parse);
    at += used - 1;
    if (row === 'other') others += 1;
    else if (row !== null) listening.push(row);
    else if (LOOKS_LIKE_SOCKET.test(line) && !FILTER.test(line)) unread.push(line.trim());
  }
  return { format, listening, others, unread, isFiltered: lines.some((line) => FILTER.test(line)), isCut };
}

/** The row of a line, and how many lines it took: a narrow window breaks a row in two, between words or in one. */
function rowAt(line: string, next: string | undefined, parse: LineReader): readonly [PastedRow, number] {
  const alone = parse(line);
  if (next === undefined || (alone !== null && !/^\d/.test(next)) || parse(next) !== null) return [alone, 1];
  const joined = parse(line + next) ?? parse(`${line} ${next.trimStart()}`);
  if (joined === null) return [alone, 1];
  const isBrokenPort = joined !== 'other' && portOf(joined) !== portOf(alone);
  return alone === null || isBrokenPort ? [joined, 2] : [alone, 1];
}

/** A window may break a row in its port: what is left then is a port as well, and another. */
function portOf(row: PastedRow): number | null {
  return row === null || row === 'other' ? null : row.port;
}

/** The format of which most lines are rows. */
function formatOf(lines: readonly string[], toPort: PortReader, text: string): PasteFormat | null {
  const sample = lines.slice(0, SAMPLE_LINES);
  const counts = FORMATS.map((format) => {
    const parse = READERS[format](toPort, text);
    return sample.filter((line, index) => rowAt(line, sample[index + 1], parse)[0] !== null).length;
  });
  const most = Math.max(...counts);
  return most === 0 ? null : (FORMATS[counts.indexOf(most)] ?? null);
}

/** Numbers and service names, each name looked up once. */
function portReader(): PortReader {
  const known = new Map<string, number | null>();
  return (text, transport) => {
    if (/^\d{1,5}$/.test(text)) return Number(text) >= 1 && Number(text) <= 65_535 ? Number(text) : null;
    const key = `${transport} ${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const port = /^[a-z][a-z0-9._-]{0,30}$/i.test(text) ? servicePort(text, transport) : null;
    known.set(key, port);
    return port;
  };
}
