import type { IpAddress } from '../../src/domain/address.ts';
import type { ConnectAttempt } from '../../src/domain/evidence.ts';
import type { Machine, Resolver } from '../../src/domain/ports.ts';
import type { Prober } from '../../src/domain/prober.ts';
import type { SessionPorts } from '../../src/session/tasks/session-ports.ts';
import type { FakeClock } from '../fake/clock.ts';
import type { FakeNetwork } from '../fake/network.ts';

export type FakeHouse = {
  readonly clock: FakeClock;
  readonly network: FakeNetwork | null;
  /** What a connection to `protocol port` comes to; silence where nothing is said. */
  readonly ports?: Readonly<Record<string, Pick<ConnectAttempt, 'state'> & Partial<ConnectAttempt>>>;
  readonly names?: Readonly<Record<string, readonly IpAddress[]>>;
  /** The system resolver and every server hang. */
  readonly isResolverDead?: boolean;
  readonly own?: readonly IpAddress[];
};

/** A machine on 10.0.0.1 behind the gateway 10.0.0.254, with the network and the services that a test gives it. */
export function fakePorts(house: FakeHouse): SessionPorts {
  const { clock, network, ports = {}, own = [] } = house;
  return {
    clock,
    prober: network === null ? null : agreeing(network, ports),
    unavailable: network === null ? { reason: 'not-permitted', obstacles: [{ code: 'no-raw-socket' }] } : null,
    random: () => 0.5,
    service: null,
    serviceUnavailable: { reason: 'not-supported', obstacles: [{ code: 'engine-left-out' }] },
    localSockets: {
      host: 'local',
      equivalent: () => 'ss -ltunp',
      read: async () => ({ listening: [], gaps: [] }),
      owns: async () => true,
      interfacesOf: async () => null,
    },
    targetSockets: null,
    resolver: fakeResolver(house),
    machine: fakeMachine(own),
    connector: {
      icmpSeen: network !== null,
      connect: async ({ address, port, protocol, timeoutMs }, signal) => {
        const said = ports[`${protocol} ${port}`];
        const base = { address, port, protocol, error: null, icmp: null, dropped: null };
        if (said !== undefined) return { ...base, ms: 1, ...said };
        await clock.sleep(timeoutMs, signal);
        return { ...base, state: 'filtered', ms: timeoutMs };
      },
    },
  };
}

/** SYNs meet what connections do, where that is said. */
function agreeing(network: FakeNetwork, ports: NonNullable<FakeHouse['ports']>): Prober {
  return {
    ...network,
    send: async (probe, options) => {
      const said = probe.kind === 'syn' && probe.ttl === null ? ports[`tcp ${probe.port}`] : undefined;
      const answer = await network.send(probe, options);
      const isAnswer = said?.state === 'open' && (answer.kind === 'reset' || answer.kind === 'reply');
      return isAnswer ? { ...answer, kind: 'reply' } : answer;
    },
  };
}

function fakeResolver({ clock, names = {}, isResolverDead = false }: FakeHouse): Resolver {
  return {
    system: async (host, _families, signal) => {
      if (isResolverDead) {
        await clock.sleep(60_000, signal);
        return { kind: 'cancelled' };
      }
      const addresses = names[host];
      return addresses === undefined ? { kind: 'error', code: 'ENOTFOUND' } : { kind: 'addresses', addresses };
    },
    isTimed: true,
    systemError: async () => null,
    setup: async () => null,
    askTogether: async () => null,
    hostsFile: async () => [],
    servers: async () => ['10.0.0.53'],
    ask: async (address, host, _families, signal) => {
      if (isResolverDead) {
        await clock.sleep(60_000, signal);
        return { address, rcode: null, ms: null, addresses: [], sent: 6, error: null };
      }
      const addresses = names[host] ?? [];
      return { address, rcode: addresses.length > 0 ? 'NOERROR' : 'NXDOMAIN', ms: 1, addresses, sent: 2, error: null };
    },
  };
}

function fakeMachine(own: readonly IpAddress[]): Machine {
  return {
    route: async (to) =>
      own.includes(to)
        ? { kind: 'route', local: true, interface: 'lo', source: to, gateway: null, onLink: null, mtu: 65536 }
        : {
            kind: 'route',
            local: false,
            interface: 'eth0',
            source: '10.0.0.1',
            gateway: '10.0.0.254',
            onLink: false,
            mtu: 1500,
          },
    addresses: async () => [{ interface: 'eth0', address: '10.0.0.1', family: 4, scope: 'global' }],
    owns: (address) => address === '10.0.0.1' || own.includes(address),
    neighbour: async () => 'reachable',
  };
}
