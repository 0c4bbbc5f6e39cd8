import { listenerOf } from '../listeners.ts';
import { parseSsRow } from '../ss-sockets.ts';
import type { PastedRow, PortReader } from './bound.ts';

/** `tcp LISTEN 0 128 [::]:22 [::]:* users:(…)`: any state, with or without the first word (ss(8)). */
const ROW =
  /^\s*(?:(tcp|udp)\s+)?(LISTEN|UNCONN|ESTAB|SYN-SENT|SYN-RECV|FIN-WAIT-[12]|TIME-WAIT|CLOSE-WAIT|LAST-ACK|CLOSING|CLOSED)\s+\d{1,10}\s+\d{1,10}\s+(\S+):(\S+)\s+(\S+)/;

/** Reads a line of `ss` (`isOld`: see isOldSs). Names of services are read as the ports that they stand for. */
export function pastedSsRow(portOf: PortReader, isOld: boolean): (line: string) => PastedRow {
  return (line) => {
    const [, netid, state = '', , portText = ''] = ROW.exec(line) ?? [];
    if (state === '') return null;
    if (state !== 'LISTEN' && state !== 'UNCONN') return 'other';
    const port = portOf(portText, (netid ?? (state === 'LISTEN' ? 'tcp' : 'udp')) === 'tcp' ? 'tcp' : 'udp');
    if (port === null) return null;
    const row = parseSsRow(line.replace(`:${portText}`, `:${port}`), isOld);
    return row === null ? null : (listenerOf(row)[0] ?? null);
  };
}
