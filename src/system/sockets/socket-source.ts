import type { SocketSource } from '../../domain/ports.ts';
import { ownsAddress } from '../host/interfaces/machine-owns.ts';
import { readListeners } from './listeners.ts';

/** This machine's own sockets. */
export const localSockets: SocketSource = {
  host: 'local',
  equivalent: (port, protocol) =>
    port === null ? 'ss -ltunp' : `ss -l${protocol === 'udp' ? 'u' : 't'}np 'sport = :${port}'`,
  read: readListeners,
  owns: async (address) => ownsAddress(address),
};
