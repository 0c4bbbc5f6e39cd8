import { type IpAddress, withoutZone } from '../../domain/address.ts';
import type { Answer, Probe, ProbeAbility, Prober } from '../../domain/prober.ts';
import { DEFAULT_ECHO_BYTES, lackOf } from '../../domain/prober.ts';
import type { TraceProtocol } from '../../evidence/trace.ts';

/** What carries the TTL of a trace, and all that routers may hash to balance load: it stays the same in one flow. */
export type TraceVehicle = {
  readonly address: IpAddress;
  readonly protocol: TraceProtocol;
  /** Of the target; not used by ICMP. */
  readonly port: number;
  /** Of the first flow; the others have those behind it. Not used by ICMP. */
  readonly sourcePort: number;
};

/** Longer than any trace: when to stop waiting is the pace's decision, not the engine's. */
const ENGINE_TIMEOUT_MS = 60_000;
const LEAST_UDP_BYTES = 12;
/** Zero is no mark: some routers pad what they quote with it. */
const MOST_MARKS = 255;

/** What an engine must be able to send. */
export function abilityOf(protocol: TraceProtocol): ProbeAbility {
  switch (protocol) {
    case 'icmp':
      return 'limited-echo';
    case 'udp':
      return 'udp';
    case 'tcp':
      return 'syn';
  }
}

/** What to trace a path with where nobody says: ICMP, as ping does; UDP where the engine sends no echo with a TTL. */
export function usualProtocol(prober: Prober | null): TraceProtocol {
  if (prober === null || lackOf(prober, 'limited-echo') === null || lackOf(prober, 'udp') !== null) return 'icmp';
  return 'udp';
}

/**
 * The probe with this number (from 0, in the order of sending). Some routers quote of UDP only the ports and the length, so
 * that the length tells the datagrams of a flow apart; the kernel's error queue gives only the payload, so that this does
 * too. SYNs and echoes have sequence numbers of their own.
 */
export function probeOf({ address, protocol, port, sourcePort }: TraceVehicle, shot: ShotPlan): Probe {
  const common = { to: address, ttl: shot.ttl, timeoutMs: ENGINE_TIMEOUT_MS };
  switch (protocol) {
    case 'icmp':
      return { kind: 'echo', ...common, payloadBytes: DEFAULT_ECHO_BYTES, dontFragment: false, flow: shot.flow };
    case 'udp': {
      const payload = new Uint8Array(LEAST_UDP_BYTES + shot.number).fill(1 + (shot.number % MOST_MARKS));
      return { kind: 'udp', ...common, port, sourcePort: sourcePort + shot.flow, payload };
    }
    case 'tcp':
      return { kind: 'syn', ...common, port, sourcePort: sourcePort + shot.flow };
  }
}

type ShotPlan = { readonly number: number; readonly ttl: number; readonly flow: number };

/** Whether the answer shows that the probe came to its target: a reply, an RST, or the port unreachable of the target itself. */
export function reachesTarget(answer: Answer, { address, protocol }: TraceVehicle): boolean {
  switch (answer.kind) {
    case 'reply':
    case 'reset':
    case 'answered':
      return true;
    case 'icmp-error': {
      const isOwn = withoutZone(answer.error.from) === withoutZone(address);
      return protocol === 'udp' && answer.error.kind === 'port-unreachable' && isOwn;
    }
    case 'silent':
    case 'local-error':
      return false;
  }
}
