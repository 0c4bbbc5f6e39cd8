import * as z from 'zod/mini';
import {
  addresses,
  count,
  family,
  ipAddress,
  MAX_ITEMS,
  method,
  ms,
  octet,
  percent,
  port,
  protocol,
  text,
  timed,
  unavailable,
  word,
} from './schema-parts.ts';
import { http, tls } from './service-schema.ts';

/** More sockets than any machine holds; everything else of the evidence is far shorter. */
const MAX_LISTENERS = 100_000;

const rttMs = z.strictObject({ min: ms, median: ms, avg: ms, max: ms, stddev: ms });

const icmpErrorKeys = {
  kind: z.enum([
    'network-unreachable',
    'host-unreachable',
    'protocol-unreachable',
    'port-unreachable',
    'packet-too-big',
    'prohibited',
    'other-unreachable',
    'time-exceeded',
    'parameter-problem',
  ]),
  from: ipAddress,
  type: octet,
  code: octet,
};

const icmpError = z.strictObject(icmpErrorKeys);

const countedErrors = z.array(z.strictObject({ ...icmpErrorKeys, count })).check(z.maxLength(MAX_ITEMS));

const resolve = z.strictObject({
  ...timed,
  host: text,
  status: z.enum(['ok', 'literal', 'not-found', 'no-address', 'server-failure', 'timeout']),
  addresses,
  source: z.nullable(z.enum(['literal', 'hosts', 'dns', 'other'])),
  servers: z
    .array(
      z.strictObject({
        address: ipAddress,
        rcode: z.nullable(word),
        ms: z.nullable(ms),
        addresses,
        sent: count,
        error: z.nullable(word),
      }),
    )
    .check(z.maxLength(MAX_ITEMS)),
  hostsFile: addresses,
});

const route = z.strictObject({
  ...timed,
  to: ipAddress,
  status: z.enum(['ok', 'local', 'no-network', 'no-route', 'unknown']),
  error: z.nullable(word),
  interface: z.nullable(word),
  source: z.nullable(ipAddress),
  gateway: z.nullable(ipAddress),
  onLink: z.nullable(z.boolean()),
  neighbour: z.nullable(
    z.enum(['reachable', 'stale', 'delay', 'probe', 'incomplete', 'failed', 'permanent', 'noarp', 'none']),
  ),
  mtu: z.nullable(count),
  usableFamilies: z.array(family).check(z.maxLength(2)),
});

const ping = z.strictObject({
  ...timed,
  method: z.nullable(method),
  unavailable: z.nullable(unavailable),
  address: ipAddress,
  sent: count,
  received: count,
  lossPercent: z.nullable(percent),
  lossInterval: z.nullable(z.strictObject({ low: percent, high: percent })),
  duplicates: count,
  rttMs: z.nullable(rttMs),
  jitterMs: z.nullable(ms),
  replyTtl: z.nullable(octet),
  errors: countedErrors,
  errorTtl: z.exactOptional(octet),
  localError: z.nullable(word),
  lost: z.array(count).check(z.maxLength(MAX_LISTENERS)),
  others: z
    .array(
      z.strictObject({
        address: ipAddress,
        sent: count,
        received: count,
        errors: countedErrors,
        localError: z.nullable(word),
      }),
    )
    .check(z.maxLength(MAX_ITEMS)),
  late: z.exactOptional(
    z.strictObject({
      waitedMs: ms,
      rttMs: z.nullable(ms),
      error: z.nullable(icmpError),
      errorTtl: z.exactOptional(octet),
    }),
  ),
});

const connect = z.strictObject({
  ...timed,
  attempts: z
    .array(
      z.strictObject({
        address: ipAddress,
        port,
        protocol,
        state: z.enum(['open', 'closed', 'filtered', 'rejected', 'unreachable', 'local-error']),
        ms,
        error: z.nullable(word),
        icmp: z.nullable(icmpError),
        dropped: z.nullable(z.enum(['closed', 'reset'])),
      }),
    )
    .check(z.maxLength(MAX_ITEMS)),
  icmpSeen: z.boolean(),
  sideError: z.nullable(word),
  resetTtl: z.exactOptional(octet),
  resetFromAfar: z.exactOptional(z.boolean()),
});

const mplsLabel = z.strictObject({ label: count, trafficClass: octet, bottom: z.boolean(), ttl: octet });

const hopInterface = z.strictObject({
  role: z.enum(['incoming', 'sub-ip', 'outgoing', 'next-hop']),
  index: z.nullable(count),
  address: z.nullable(ipAddress),
  name: z.nullable(word),
  mtu: z.nullable(count),
});

const trace = z.strictObject({
  ...timed,
  method: z.nullable(method),
  unavailable: z.nullable(unavailable),
  address: ipAddress,
  protocol: z.enum(['icmp', 'udp', 'tcp']),
  port: z.exactOptional(port),
  outcome: z.enum(['reached', 'stopped', 'loop', 'unreachable', 'prohibited', 'silent']),
  stopReason: z.exactOptional(
    z.enum(['target', 'error', 'loop', 'silent-hops', 'max-hops', 'refused', 'time', 'interrupted']),
  ),
  hops: z
    .array(
      z.strictObject({
        ttl: octet,
        addresses,
        sent: count,
        received: count,
        rttMs: z.nullable(rttMs),
        error: z.nullable(icmpError),
        mpls: z.exactOptional(z.array(mplsLabel).check(z.maxLength(MAX_ITEMS))),
        interfaces: z.exactOptional(z.array(hopInterface).check(z.maxLength(MAX_ITEMS))),
      }),
    )
    .check(z.maxLength(256)),
  loop: addresses,
  targetAnswer: z.exactOptional(
    z.strictObject({
      kind: z.enum(['reply', 'reset', 'answered', 'port-unreachable']),
      ttl: octet,
      replyTtl: z.nullable(octet),
    }),
  ),
  oddities: z.exactOptional(
    z.array(z.enum(['target-at-first-hop', 'one-address', 'expired-at-target'])).check(z.maxLength(3)),
  ),
  flows: z.exactOptional(count),
});

const hopEchoes = z.strictObject({
  ...timed,
  method,
  address: ipAddress,
  hops: z
    .array(
      z.strictObject({
        ttl: z.nullable(octet),
        address: z.nullable(ipAddress),
        sent: count,
        received: count,
        rttMs: z.nullable(rttMs),
        jitterMs: z.nullable(ms),
      }),
    )
    .check(z.maxLength(256)),
});

const mtu = z.strictObject({
  ...timed,
  method: z.nullable(method),
  unavailable: z.nullable(unavailable),
  address: ipAddress,
  fullSize: count,
  pathMtu: z.nullable(count),
  blackhole: z.boolean(),
  reportedBy: z.nullable(ipAddress),
  localError: z.nullable(word),
  sizes: z.array(z.strictObject({ bytes: count, sent: count, answered: count })).check(z.maxLength(MAX_ITEMS)),
  lastPassing: z.nullable(z.strictObject({ hop: octet, address: z.nullable(ipAddress) })),
  firstFailing: z.nullable(z.strictObject({ hop: octet, address: ipAddress })),
});

const listener = z.strictObject({
  protocol,
  family,
  address: ipAddress,
  port,
  v6Only: z.nullable(z.boolean()),
  process: z.nullable(word),
  pid: z.nullable(count),
  acceptQueue: z.nullable(count),
  backlog: z.nullable(count),
  interface: z.exactOptional(z.nullable(word)),
});

const sockets = z.strictObject({
  ...timed,
  host: text,
  listening: z.nullable(z.array(listener).check(z.maxLength(MAX_LISTENERS))),
  unavailable: z.exactOptional(
    z.strictObject({ reason: z.enum(['not-permitted', 'not-installed', 'not-supported', 'not-answered']), hint: text }),
  ),
  ownsTarget: z.nullable(z.boolean()),
  targetInterfaces: z.exactOptional(z.array(word).check(z.maxLength(MAX_ITEMS))),
  missing: z.nullable(text),
  listenOverflows: z.exactOptional(count),
});

/** The shape of `evidence` (contract, section 3): a probe that did not run is absent, never undefined. */
export const evidenceSchema = z.strictObject({
  resolve: z.exactOptional(resolve),
  route: z.exactOptional(route),
  ping: z.exactOptional(ping),
  connect: z.exactOptional(connect),
  trace: z.exactOptional(trace),
  hopEchoes: z.exactOptional(hopEchoes),
  portTrace: z.exactOptional(trace),
  mtu: z.exactOptional(mtu),
  sockets: z.exactOptional(sockets),
  tls: z.exactOptional(tls),
  http: z.exactOptional(http),
});
