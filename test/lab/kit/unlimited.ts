import type { Chain } from './chain.ts';
import { sh } from './exec.ts';

/**
 * Lets every node of the chain send as many ICMP errors as it is asked for: where several traces follow each other,
 * Linux' allowance of about six errors to one address (icmp(7), icmp_ratelimit) would silence the later ones.
 */
export function unlimited(net: Chain): void {
  for (const node of [...net.routers, net.server]) {
    sh(node, 'echo 0 > /proc/sys/net/ipv4/icmp_ratelimit; echo 0 > /proc/sys/net/ipv6/icmp/ratelimit');
  }
}
