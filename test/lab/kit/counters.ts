import { sh } from './exec.ts';
import type { Namespace } from './namespaces.ts';

/** One of the kernel's counters of ICMP (`OutEchos`, `InCsumErrors`, …; RFC 4293), as /proc/net/snmp has them. */
export function icmpCounter(namespace: Namespace, name: string): number {
  const [names = '', values = ''] = sh(namespace, 'grep ^Icmp: /proc/net/snmp').trim().split('\n');
  return Number(values.split(' ')[names.split(' ').indexOf(name)]);
}
