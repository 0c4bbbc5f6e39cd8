import type { IcmpError } from '../domain/icmp-error.ts';

/** Type and code with their family: `ICMP 3/1`, `ICMPv6 1/3`. */
export function icmpName({ from, type, code }: IcmpError): string {
  return `${from.includes(':') ? 'ICMPv6' : 'ICMP'} ${type}/${code}`;
}
