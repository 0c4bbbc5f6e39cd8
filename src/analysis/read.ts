import { familyOf } from '../domain/address.ts';
import type { ProbeName } from '../domain/outcome.ts';
import type { Reading } from '../domain/reading.ts';
import { transportOf } from '../domain/target.ts';
import type { Evidence } from '../evidence/kinds.ts';
import { readAlive } from './alive.ts';
import { readBound } from './bound.ts';
import { readPort } from './connect.ts';
import type { Context } from './context.ts';
import { readFilter, resetElsewhere } from './filter-location.ts';
import { readHops } from './hops.ts';
import { readHttp } from './http.ts';
import { readLate } from './late.ts';
import { readLink } from './link.ts';
import { readMtu } from './mtu.ts';
import { readLookup } from './name/read-lookup.ts';
import { readPath } from './path.ts';
import { readPing } from './ping.ts';
import { readProxy } from './proxy.ts';
import { readResolve } from './resolve.ts';
import { readRoute } from './route.ts';
import { readService } from './service.ts';
import { readSockets, type SocketsContext } from './sockets.ts';
import { readTls } from './tls.ts';
import { readWitness } from './witness/witness.ts';

const UNREAD = { where: null, confidence: 'possible' } as const;

/** What the evidence of a probe means. Missing evidence reads as the outcome that claims least. */
export function read(probe: ProbeName, evidence: Evidence, context: Context): Reading {
  const port = context.target.port;
  const protocol = transportOf(context.target.scheme);
  const usableFamilies = evidence.route?.usableFamilies ?? [];
  switch (probe) {
    case 'resolve':
      return evidence.resolve === undefined ? { outcome: 'timeout', ...UNREAD } : readResolve(evidence.resolve);
    case 'lookup':
      return readLookup(evidence.resolve);
    case 'route':
      return evidence.route === undefined ? { outcome: 'unknown', ...UNREAD } : readRoute(evidence.route);
    case 'neighbour':
      return readLink(evidence);
    case 'ping':
      return readPing(evidence.ping, context.thresholds, {
        portAsked: port !== null,
        source: evidence.route?.source ?? null,
      });
    case 'connect':
      return readPort(evidence, context);
    case 'alive':
      return readAlive(evidence.connect?.attempts ?? [], {
        askedPort: port,
        addresses: evidence.resolve?.addresses ?? [],
        echoed: echoedAddresses(evidence),
        usableFamilies,
      });
    case 'trace':
      return readPath(evidence);
    case 'hops':
      return readHops(evidence, context);
    case 'port-trace':
      return readFilter(evidence);
    case 'late':
      return readLate(evidence.ping);
    case 'mtu':
      return readMtu(evidence);
    case 'tls':
      return readTls(evidence.tls);
    case 'http':
      return readHttp(evidence.http, context.thresholds);
    case 'proxy':
      return readProxy(evidence);
    case 'witness':
      return readWitness(evidence);
    case 'service':
      return readService(evidence, context.thresholds);
    case 'sockets':
      if (port === null || context.address === null) return { outcome: 'no-vantage', ...UNREAD };
      return readSockets(evidence.sockets, socketsContext(evidence, context.address, port, protocol));
    case 'bound':
      if (port === null || context.address === null) return { outcome: 'no-vantage', ...UNREAD };
      return readBound(evidence.sockets, socketsContext(evidence, context.address, port, protocol));
  }
}

function socketsContext(evidence: Evidence, address: string, port: number, protocol: 'tcp' | 'udp'): SocketsContext {
  const isLocal = evidence.route?.status === 'local';
  const attempt = attemptAt(evidence, address, port);
  return {
    address,
    family: familyOf(address),
    port,
    protocol,
    attempt,
    isLocal,
    ending: endingAt(evidence, address, port),
  };
}

function endingAt({ connect }: Evidence, address: string, port: number): SocketsContext['ending'] {
  const asked = connect?.attempts.find((attempt) => attempt.port === port && attempt.address === address);
  if (asked === undefined || asked.state === 'local-error') return null;
  if (asked.state !== 'open') return 'failed';
  return asked.dropped === null ? 'open' : 'dropped';
}

/** An RST that came from another distance than the host's echo reply tells nothing of the host's own sockets. */
function attemptAt(evidence: Evidence, address: string, port: number): 'refused' | 'silent' | null {
  const asked = evidence.connect?.attempts.find((attempt) => attempt.port === port && attempt.address === address);
  if (asked?.state === 'filtered') return 'silent';
  return asked?.state === 'closed' && !resetElsewhere(evidence) ? 'refused' : null;
}

/** The addresses that answered an echo. */
export function echoedAddresses(evidence: Evidence): readonly string[] {
  const ping = evidence.ping;
  if (ping === undefined) return [];
  return [
    ...(ping.received > 0 ? [ping.address] : []),
    ...ping.others.filter((other) => other.received > 0).map((other) => other.address),
  ];
}
