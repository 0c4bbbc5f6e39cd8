import type { ProbeName } from '../../domain/outcome.ts';
import type { ProbeEvent } from '../../evidence/probe-event.ts';
import { addRound, type HopEvent, rowsSoFar } from './trace-rounds.ts';
import type { AttemptView, EchoView, SessionView } from './view.ts';

/** Folds the progress of one probe into the view. */
export function foldProgress(view: SessionView, probe: ProbeName, event: ProbeEvent): SessionView {
  switch (event.kind) {
    case 'addresses':
      return { ...view, addresses: event.addresses };
    case 'server':
      return { ...view, servers: [...view.servers, event.answer] };
    case 'echo-sent':
      return { ...view, echoes: [...view.echoes, { sequence: event.sequence, rttMs: null, error: null }] };
    case 'echo-answered':
      return { ...view, echoes: withEcho(view.echoes, event.sequence, { rttMs: event.rttMs }) };
    case 'echo-error':
      return { ...view, echoes: withEcho(view.echoes, event.sequence, { error: event.error.kind }) };
    case 'hop':
      return probe === 'mtu' ? withLarge(view, event) : withHop(view, event);
    case 'traced':
      return { ...view, path: addRound(null, event.trace, view.answers).rows };
    case 'hop-echoes':
      return { ...view, path: event.rows };
    case 'sizes':
      return { ...view, sizes: event.sizes };
    case 'listeners':
      return { ...view, listening: event.listening };
    case 'attempt-started': {
      const { address, port, protocol } = event;
      return { ...view, attempts: withAttempt(view.attempts, { address, port, protocol, state: null, ms: null }) };
    }
    case 'attempt': {
      const { address, port, protocol, state, ms } = event.attempt;
      return { ...view, attempts: withAttempt(view.attempts, { address, port, protocol, state, ms }) };
    }
    case 'service-answer': {
      const { kind: _, ...told } = event;
      return { ...view, service: [...view.service.filter(({ protocol }) => protocol !== told.protocol), told] };
    }
  }
}

function withEcho(echoes: readonly EchoView[], sequence: number, heard: Partial<EchoView>): readonly EchoView[] {
  return echoes.map((echo) => (echo.sequence === sequence ? { ...echo, ...heard } : echo));
}

/** An attempt takes the place of the same one that was under way, or stands at the end. */
function withAttempt(attempts: readonly AttemptView[], attempt: AttemptView): readonly AttemptView[] {
  const isSame = (other: AttemptView) =>
    other.address === attempt.address && other.port === attempt.port && other.protocol === attempt.protocol;
  const index = attempts.findIndex(isSame);
  return index === -1 ? [...attempts, attempt] : attempts.with(index, attempt);
}

function withHop(view: SessionView, event: HopEvent): SessionView {
  const answers = [...view.answers, event];
  return { ...view, answers, path: rowsSoFar(answers, view.address ?? '') };
}

/** Large packets are sent with growing TTL as well, to see how far they come. */
function withLarge(view: SessionView, { ttl, address }: HopEvent): SessionView {
  return ttl > (view.largeCameTo?.ttl ?? 0) ? { ...view, largeCameTo: { ttl, address } } : view;
}
