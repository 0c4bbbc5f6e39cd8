import type { Machine } from '../../domain/ports.ts';
import { usableAddresses } from './interfaces/machine-interfaces.ts';
import { ownsAddress } from './interfaces/machine-owns.ts';
import { systemLinks } from './links/links.ts';
import { neighbourState } from './neighbour-table.ts';
import { machineRoute } from './route/machine-route.ts';

/** This machine's own facts. Reads only. */
export const systemMachine: Machine = {
  route: machineRoute,
  addresses: usableAddresses,
  owns: ownsAddress,
  neighbour: neighbourState,
  links: systemLinks,
};
