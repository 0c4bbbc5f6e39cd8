import type { Evidence, PingEvidence, Timed } from '../../domain/evidence.ts';
import type { ProbeName } from '../../domain/outcome.ts';
import type { ProbeEvent } from '../../domain/probe-event.ts';
import type { Report } from '../../domain/report.ts';
import type { HttpEvidence, TlsEvidence } from '../../domain/service-evidence.ts';
import { listenersShown } from './listeners-shown.ts';
import type { SessionEvent } from './session-event.ts';

/** An event and when it is due, in ms since the start of the run. */
export type DueEvent = { readonly atMs: number; readonly event: SessionEvent };

type Told = { readonly probe: ProbeName; readonly timed: Timed | undefined; readonly progress: readonly ProbeEvent[] };

/**
 * What the probes of a recorded run would have told, when they ran. A report keeps no single echoes: each one that was
 * answered is told with the median, and the answers to a trace with what is known of the hop's times.
 */
export function recordedEvents({ startedAt, evidence, target }: Report): readonly DueEvent[] {
  const beganMs = Date.parse(startedAt);
  return toldBy(evidence, target.port)
    .flatMap(({ probe, timed, progress }): readonly DueEvent[] => {
      if (timed === undefined) return [];
      const sinceMs = Date.parse(timed.startedAt) - beganMs;
      const fromMs = Number.isFinite(sinceMs) ? Math.max(0, sinceMs) : 0;
      const eachMs = timed.durationMs / Math.max(1, progress.length);
      return [
        { atMs: fromMs, event: { kind: 'probe-started', probe, atMs: fromMs } },
        ...progress.map((told, index): DueEvent => {
          const atMs = fromMs + (index + 1) * eachMs;
          return { atMs, event: { kind: 'probe-progress', probe, progress: told, atMs } };
        }),
        { atMs: fromMs + timed.durationMs, event: { kind: 'probe-finished', probe, atMs: fromMs + timed.durationMs } },
      ];
    })
    .toSorted((a, b) => a.atMs - b.atMs);
}

function toldBy(evidence: Evidence, port: number | null): readonly Told[] {
  const { resolve, ping, connect, trace, mtu, sockets, tls, http } = evidence;
  return [
    {
      probe: 'resolve',
      timed: resolve,
      progress: [
        ...(resolve?.servers ?? []).map((answer): ProbeEvent => ({ kind: 'server', answer })),
        { kind: 'addresses', addresses: resolve?.addresses ?? [] },
      ],
    },
    { probe: 'route', timed: evidence.route, progress: [] },
    { probe: 'ping', timed: ping, progress: ping === undefined ? [] : echoesOf(ping) },
    {
      probe: 'connect',
      timed: connect,
      progress: (connect?.attempts ?? []).map((attempt): ProbeEvent => ({ kind: 'attempt', attempt })),
    },
    {
      probe: 'trace',
      timed: trace,
      progress: trace === undefined ? [] : [...trace.hops.flatMap(answersOf), { kind: 'traced', trace }],
    },
    {
      probe: 'mtu',
      timed: mtu,
      progress:
        mtu === undefined ? [] : [{ kind: 'sizes', sizes: mtu.sizes.map((size) => ({ ...size, reportedBy: null })) }],
    },
    {
      probe: 'sockets',
      timed: sockets,
      progress: sockets === undefined ? [] : [{ kind: 'listeners', listening: listenersShown(sockets, port) }],
    },
    { probe: 'tls', timed: tls, progress: tls === undefined ? [] : tlsAnswer(tls) },
    { probe: 'http', timed: http, progress: http === undefined ? [] : httpAnswer(http) },
  ];
}

function echoesOf({ sent, lost, rttMs }: PingEvidence): readonly ProbeEvent[] {
  return Array.from({ length: sent }, (_, sequence): readonly ProbeEvent[] => {
    const left: ProbeEvent = { kind: 'echo-sent', sequence };
    if (rttMs === null || lost.includes(sequence)) return [left];
    return [left, { kind: 'echo-answered', sequence, rttMs: rttMs.median, replyTtl: null }];
  }).flat();
}

/** The least, the median and the greatest are all there is of three answers; of more, the others are told as the median. */
function answersOf({ ttl, addresses, received, rttMs }: NonNullable<Evidence['trace']>['hops'][number]) {
  const [address] = addresses;
  if (address === undefined || rttMs === null) return [];
  const known = [rttMs.min, rttMs.max].slice(0, Math.max(0, received - 1));
  const times = [...known, ...Array.from({ length: Math.max(0, received - known.length) }, () => rttMs.median)];
  return times.map(
    (ms, index): ProbeEvent => ({
      kind: 'hop',
      ttl,
      address: addresses[index % addresses.length] ?? address,
      rttMs: ms,
    }),
  );
}

function tlsAnswer({ state, protocol, handshakeMs }: TlsEvidence): readonly ProbeEvent[] {
  if (state === null) return [];
  const isGood = state === 'established';
  return [{ kind: 'service-answer', protocol: 'tls', answer: protocol ?? state, isGood, ms: handshakeMs }];
}

function httpAnswer({ state, status, answerMs }: HttpEvidence): readonly ProbeEvent[] {
  if (state === null) return [];
  const answer = status === null ? state : `HTTP ${status}`;
  const isGood = status !== null && status < 400;
  return [{ kind: 'service-answer', protocol: 'http', answer, isGood, ms: answerMs }];
}
