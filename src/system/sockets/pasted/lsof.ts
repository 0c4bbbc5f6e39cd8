import { boundTo, listenerAt, ownerOf, type PastedRow, type PortReader } from './bound.ts';

/** `sshd 812 root 3u IPv4 12345 0t0 TCP *:22 (LISTEN)` (lsof(8)); a space in a name is written as \x20. */
const ROW = /^\s*(\S+)\s+(\d{1,10})\s.*?\s(IPv4|IPv6)\s.*?\s(TCP|UDP)\s+(\S+):([^\s:]+)(?:\s+\(([A-Z_0-9]+)\))?\s*$/;

/** Reads a line of `lsof -i`, with -n and -P or without. */
export function pastedLsofRow(portOf: PortReader): (line: string) => PastedRow {
  return (line) => {
    const [, name, pid, version, word, address = '', port = '', state] = ROW.exec(line) ?? [];
    if (word === undefined) return null;
    const transport = word === 'TCP' ? 'tcp' : 'udp';
    if (address.includes('->')) return 'other';
    // Without its state the row was broken off.
    if (transport === 'tcp' && state === undefined) return null;
    if (transport === 'tcp' && state !== 'LISTEN') return 'other';
    const bound = boundTo(address, port, version === 'IPv6' ? 6 : 4, transport, portOf);
    if (bound === null) return null;
    return { ...listenerAt(transport, bound), ...ownerOf(pid, name?.replaceAll('\\x20', ' ')) };
  };
}
