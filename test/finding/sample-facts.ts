import { FACT_NAMES, type Facts } from '../../src/domain/fact.ts';

/** Facts of which nothing is known but what is given. */
export function factsWith(known: Partial<Facts>): Facts {
  return { ...(Object.fromEntries(FACT_NAMES.map((name) => [name, '?'])) as Facts), ...known };
}

/** A walk to an IPv4 host, everything known. */
export const IPV4_FACTS: Facts = factsWith({
  ...(Object.fromEntries(FACT_NAMES.map((name) => [name, '1'])) as Facts),
  host: 'db.example',
  address: '198.51.100.7',
  family: '4',
  'echo-type': '8',
  port: '8443',
  protocol: 'tcp',
  target: 'db.example:8443',
  interface: 'eth0',
  source: '192.0.2.10',
  gateway: '192.0.2.1',
  resolver: '192.0.2.53',
  'icmp-from': '203.0.113.9',
  proof: 'TCP 22: SYN-ACK',
  engine: 'Raw sockets need root or CAP_NET_RAW.',
});

/** The same over IPv6. */
export const IPV6_FACTS: Facts = {
  ...IPV4_FACTS,
  address: '2001:db8:0:1::7',
  family: '6',
  'echo-type': '128',
  source: '2001:db8::10',
  gateway: 'fe80::1%eth0',
};
