import type { Machine } from '../domain/ports.ts';
import { usableAddresses } from './machine-interfaces.ts';
import { ownsAddress } from './machine-owns.ts';
import { machineRoute } from './machine-route.ts';
import { neighbourState } from './neighbour-table.ts';

/** This machine's own facts. Reads only. */
export const systemMachine: Machine = {
  route: machineRoute,
  addresses: usableAddresses,
  owns: ownsAddress,
  neighbour: neighbourState,
};
