import { bundleOf } from './bundle.ts';
import { type Chain, type Family, TO_CLIENT } from './chain.ts';
import { startChild } from './child.ts';
import { sh } from './exec.ts';

/** What comes back for an echo request. The quotes of errors are wrong where the name says so, and right elsewhere. */
type EchoAnswer =
  | 'reply'
  | 'nothing'
  | 'bad-checksum'
  | 'bad-id'
  | 'bad-sequence'
  | 'bad-payload'
  | 'other-source'
  | 'cut-short'
  | 'twice'
  | 'prohibited'
  | 'unreachable-bad-checksum'
  | 'unreachable-cut-quote'
  | 'unreachable-foreign-quote'
  | 'unreachable-empty-quote';

type SynAnswer =
  | 'nothing'
  | 'syn-ack'
  | 'reset'
  | 'reset-bad-checksum'
  | 'port-unreachable'
  | 'unreachable-foreign-quote';

export type PeerSpec = {
  readonly echo?: EchoAnswer;
  readonly syn?: SynAnswer;
  readonly udp?: 'nothing' | 'port-unreachable' | 'unreachable-foreign-quote';
  /** Routers in front of it: a packet whose TTL ends at one of them is told so from that address, `null` from none. */
  readonly hops?: readonly (string | null)[];
};

/** An address of the first link that only the peer answers for. */
export function peerAddress(family: Family = 4): string {
  return family === 4 ? '10.9.0.66' : 'fd09:0:0:1::66';
}

/**
 * A made-up host on the link of the client, that answers as no kernel would. It listens on the far interface of the
 * client's link, below that machine's own stack, and answers ARP and neighbour solicitations for its addresses.
 */
export async function startPeer(net: Chain, spec: PeerSpec): Promise<void> {
  const far = net.routers[0] ?? net.server;
  const mac = sh(far, `cat /sys/class/net/${TO_CLIENT}/address`).trim();
  await startChild(far, bundleOf('peer'), { ...spec, mac, addresses: [peerAddress(4), peerAddress(6)] });
}
