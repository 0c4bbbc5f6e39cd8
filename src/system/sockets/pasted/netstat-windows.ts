import { boundTo, listenerAt, ownerOf, type PastedRow, type PortReader } from './bound.ts';

/** `  TCP    0.0.0.0:135    0.0.0.0:0    LISTENING    1020`; the state is in the language of the system, UDP has none. */
const ROW = /^\s*(TCP|UDP)\s+(\S+):(\S+)\s+(\S+):(\S+)(?:\s+(\S+))?(?:\s+(\d{1,10}))?\s*$/;

/** Reads a line of Windows' `netstat -ano`. A listener is told by its peer, which is nobody, and not by a word. */
export function pastedWindowsRow(portOf: PortReader): (line: string) => PastedRow {
  return (line) => {
    const [, word, address = '', port = '', peer = '', peerPort = '', first, second] = ROW.exec(line) ?? [];
    if (word === undefined) return null;
    const transport = word === 'TCP' ? 'tcp' : 'udp';
    const isListening =
      transport === 'udp'
        ? peer === '*' && peerPort === '*'
        : peerPort === '0' && (peer === '0.0.0.0' || peer === '[::]') && first !== undefined;
    if (!isListening) return 'other';
    const bound = boundTo(address, port, null, transport, portOf);
    if (bound === null) return null;
    return { ...listenerAt(transport, bound), ...ownerOf(transport === 'udp' ? (second ?? first) : second, undefined) };
  };
}
