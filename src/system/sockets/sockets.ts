import { copiedCommand } from '../../domain/command-line.ts';
import type { SocketLister } from '../../domain/socket.ts';

/** Every TCP and UDP socket of this machine. */
export const localLister: SocketLister = {
  host: 'local',
  equivalent: (port, isListening) => {
    if (process.platform === 'win32') return 'netstat -ano';
    if (process.platform !== 'linux') return 'netstat -anv';
    const flags = isListening ? '-tulnp' : '-tuanp';
    const filter = isListening ? `sport = :${port}` : `( sport = :${port} or dport = :${port} )`;
    return copiedCommand(['ss', flags, ...(port === null ? [] : [filter])]);
  },
  list: async (signal, wanted) => {
    if (process.platform === 'linux') return (await import('./sockets-linux.ts')).listLinuxSockets(signal, wanted);
    return (await import('./sockets-other.ts')).listOtherSockets(signal, wanted);
  },
};
