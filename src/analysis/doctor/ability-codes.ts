import type { Ability } from '../../domain/doctor.ts';
import type { FindingCode } from '../../domain/finding-code.ts';

/** What a missing ability costs: codes that cannot be decided without it, and codes that become likely at most. */
type Cost = { readonly undecided: readonly FindingCode[]; readonly unsure: readonly FindingCode[] };

/** Checked against real faults on every rung by test/lab/rungs.test.ts. */
export const COST_WITHOUT: Readonly<Record<Ability, Cost>> = {
  echo: {
    undecided: ['icmp-filtered', 'packet-loss', 'high-latency', 'high-jitter', 'duplicate-replies'],
    unsure: ['reachable'],
  },
  sizes: { undecided: ['path-mtu-blackhole', 'path-mtu-reduced'], unsure: [] },
  trace: { undecided: ['path-blackhole', 'routing-loop', 'hop-loss-harmless', 'multipath'], unsure: [] },
  errors: {
    undecided: ['host-unreachable', 'network-unreachable', 'admin-prohibited', 'port-rejected'],
    unsure: ['port-closed', 'udp-port-closed'],
  },
  connect: {
    undecided: ['port-open', 'port-closed', 'port-filtered', 'connection-dropped', 'udp-port-closed'],
    unsure: [],
  },
  neighbours6: { undecided: [], unsure: ['neighbour-unreachable', 'gateway-unreachable', 'host-silent'] },
  'remote-sockets': {
    undecided: [
      'not-listening',
      'listening-on-loopback',
      'listening-on-other-address',
      'listening-other-family',
      'accept-queue-full',
      'firewall-blocks-port',
    ],
    unsure: [],
  },
};
