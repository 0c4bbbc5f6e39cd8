import { familyOf } from '../../../domain/address.ts';
import type { Answer, Probe } from '../../../domain/prober.ts';
import { wireAddress } from '../../../packet/address.ts';
import { icmpErrorKind } from '../../../packet/icmp-kind.ts';
import { answeringAddress } from '../shared/probe-flight.ts';
import { zonedLike } from '../shared/zoned-like.ts';
import type { IcmpCode, ToolReading } from './parse/reading.ts';
import type { ToolAnswer } from './system-tool.ts';

/** Time Exceeded in transit, which tools show by the bare address. */
const EXPIRED = { 4: { type: 11, code: 0 }, 6: { type: 3, code: 0 } } as const;

/** What the output of a tool means as the answer to a probe that was waited for `waitedMs`. */
export function answerOf(reading: ToolReading, probe: Probe, waitedMs: number): ToolAnswer {
  switch (reading.kind) {
    case 'reply':
    case 'reset': {
      const { kind, from, rttMs, replyTtl } = reading;
      if (rttMs === null || !isTarget(from, probe)) return { kind: 'failed', why: { code: 'tool-unreadable' } };
      return { kind, from: zonedLike(wireAddress(from), probe.to), rttMs, replyTtl };
    }
    case 'from':
      return isTarget(reading.from, probe) ? ofTarget(reading, probe) : expired(reading, probe);
    case 'error':
      return errorAnswer(reading.icmp, reading, probe);
    case 'local-error': {
      const { code, mtu } = reading;
      return { kind: 'local-error', code, ...(mtu !== null && { mtu }) };
    }
    case 'silent':
      return { kind: 'silent', waitedMs };
    case 'no-privilege':
      return { kind: 'failed', why: { code: 'tool-may-not-send' } };
    case 'unnamed':
      return { kind: 'unclear', from: null };
    case 'unreadable':
      return { kind: 'failed', why: { code: 'tool-unreadable' } };
  }
}

type FromReading = Extract<ToolReading, { readonly kind: 'from' }>;
type Seen = {
  readonly from: string;
  readonly rttMs: number | null;
  readonly mtu?: number | null;
  readonly mpls?: Extract<Answer, { readonly kind: 'icmp-error' }>['mpls'];
};

/** An ICMP error as an answer; what is no error by its type is unclear. */
export function errorAnswer({ type, code }: IcmpCode, seen: Seen, probe: Probe): ToolAnswer {
  const from = zonedLike(wireAddress(seen.from), probe.to);
  const kind = icmpErrorKind(familyOf(probe.to), type, code);
  if (kind === null) return { kind: 'unclear', from };
  return {
    kind: 'icmp-error',
    error: { kind, from, type, code },
    rttMs: seen.rttMs,
    replyTtl: null,
    mtu: seen.mtu ?? null,
    ...(seen.mpls !== undefined && { mpls: seen.mpls }),
  };
}

export function expired(seen: Seen, probe: Probe): ToolAnswer {
  return errorAnswer(EXPIRED[familyOf(probe.to)], seen, probe);
}

export function isTarget(from: string, probe: Probe): boolean {
  return wireAddress(from) === answeringAddress(probe.to);
}

/** A traceroute that prints the target's address does not say what the target answered, unless only one answer fits. */
function ofTarget(reading: FromReading, probe: Probe): ToolAnswer {
  const kind = probe.kind === 'echo' ? 'reply' : 'answered';
  return { kind, from: zonedLike(wireAddress(reading.from), probe.to), rttMs: reading.rttMs, replyTtl: null };
}
