import type { SocketSource } from '../../domain/ports.ts';
import { localSockets } from '../sockets/socket-source.ts';
import { localWitness } from './witness.ts';

/** This machine's own sockets, and what its kernel says of packets. */
export const localSource: SocketSource = { ...localSockets, witness: localWitness };
