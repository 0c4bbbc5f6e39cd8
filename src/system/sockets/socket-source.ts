import type { SocketSource } from '../../domain/ports.ts';
import { listenersCommand } from '../../evidence/sockets.ts';
import { interfacesOf } from '../host/interfaces/interfaces-of.ts';
import { ownsAddress } from '../host/interfaces/machine-owns.ts';
import { listenersOf } from './listeners.ts';
import { localLister } from './sockets.ts';
import { tracksConnections } from './tracks-connections.ts';

/** This machine's own sockets. */
export const localSockets: SocketSource = {
  host: 'local',
  equivalent: (port, protocol) => listenersCommand('local', port, protocol),
  read: async (signal) => {
    const listing = await localLister.list(signal, 'listening');
    return 'unavailable' in listing ? listing : listenersOf(listing);
  },
  owns: async (address) => ownsAddress(address),
  interfacesOf: async (address) => interfacesOf(address),
  tracks: tracksConnections,
};
