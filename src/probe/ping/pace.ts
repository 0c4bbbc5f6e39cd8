import type { Echo, EchoRun } from './echo.ts';
import { errorsOf, turnaroundsOf } from './echo.ts';
import type { PingPlan } from './options.ts';
import { lostOf, overdueAfterMs, pendingUntilMs } from './overdue.ts';

/** What to do next: send one echo, wait until a time of the clock port (or until something arrives), or end. */
export type PingStep =
  | { readonly kind: 'send' }
  | { readonly kind: 'wait'; readonly untilMs: number }
  | { readonly kind: 'end' };

/** Echoes sent at the quick pace before anything was answered: with one to repeat an error, three errors at most. */
const OPENING = 2;
/** Errors that a ping asks for where every echo gets one. */
const WANTED_ERRORS = 3;
const QUIET_MS = 300;
const QUIET_INTERVAL_MS = 200;
/** Between an error and the echo that asks whether it still holds: routes may be in motion (RFC 1122 3.2.2.1). */
const REPEAT_MS = 250;
/** Errors after which a run ends whatever came between: a router gives six in a row, other probes need some. */
const MOST_ERRORS = 5;
const EXTENDED_INTERVAL_MS = 15;
const LONGEST_MS = 3000;
/** Beyond the time that the count itself takes. */
const LINGER_MS = 1500;
const FULL_QUEUE_PAUSE_MS = 20;

/**
 * The pace of a ping, in the order in which the rules apply:
 * 1. Two refusals by this machine, or five ICMP errors, end it.
 * 2. While nothing has answered: two echoes at the quick pace, then one each 200 ms, until patience ends.
 * 3. While the latest answer is an ICMP error: one or two more, 250 ms apart, so that three errors are asked for.
 * 4. While the latest answer is a reply: the quick pace up to `count`; once an echo looks lost, up to `extendTo`.
 *    It ends as soon as nothing can arrive any more, and within about three seconds.
 */
export function nextEcho(run: EchoRun, plan: PingPlan, startedMs: number, nowMs: number): PingStep {
  const { echoes, refusals, fullAtMs } = run;
  if (refusals.length >= 2 || errorsOf(echoes).length >= MOST_ERRORS) return { kind: 'end' };
  const freeAtMs = fullAtMs === null ? nowMs : fullAtMs + FULL_QUEUE_PAUSE_MS;
  const first = echoes[0];
  if (first === undefined) {
    if (nowMs >= startedMs + plan.patienceMs) return { kind: 'end' };
    return sendAt(freeAtMs, nowMs);
  }
  const step = paceOf(echoes, plan, first.sentAtMs, nowMs);
  return step.kind === 'send' ? sendAt(freeAtMs, nowMs) : step;
}

function paceOf(echoes: readonly Echo[], plan: PingPlan, firstMs: number, nowMs: number): PingStep {
  switch (latestAnswer(echoes)) {
    case null:
      return quietPace(echoes, plan, firstMs, nowMs);
    case 'error':
      return carefulPace(echoes, plan, nowMs);
    case 'reply':
      return quickPace(echoes, plan, firstMs, nowMs);
  }
}

function quietPace(echoes: readonly Echo[], plan: PingPlan, firstMs: number, nowMs: number): PingStep {
  const endMs = firstMs + plan.patienceMs;
  if (nowMs >= endMs) return { kind: 'end' };
  const lastMs = lastSentMs(echoes);
  const nextMs =
    echoes.length < OPENING
      ? lastMs + plan.intervalMs
      : Math.max(firstMs + QUIET_MS, lastMs + Math.max(plan.intervalMs, QUIET_INTERVAL_MS));
  // An echo that no answer could reach in time would only make the loss look worse.
  const isWorthIt = echoes.length < plan.count && nextMs + QUIET_INTERVAL_MS <= endMs;
  return isWorthIt ? sendAt(nextMs, nowMs) : { kind: 'wait', untilMs: endMs };
}

function carefulPace(echoes: readonly Echo[], plan: PingPlan, nowMs: number): PingStep {
  const repliedMs = Math.max(-Infinity, ...answerTimes(echoes, 'reply'));
  const streakMs = Math.min(...answerTimes(echoes, 'error').filter((atMs) => atMs >= repliedMs));
  const repeats = echoes.filter(({ sentAtMs }) => sentAtMs > streakMs).length;
  const asked = echoes.filter(({ answer }) => answer?.kind !== 'reply').length - repeats;
  const wanted = Math.min(2, Math.max(1, WANTED_ERRORS - asked));
  const lastMs = lastSentMs(echoes);
  if (repeats < wanted && echoes.length < plan.count) {
    return sendAt(Math.max(streakMs, lastMs) + Math.max(plan.intervalMs, REPEAT_MS), nowMs);
  }
  const slowestMs = Math.max(...echoes.map(({ answer, sentAtMs }) => (answer === null ? 0 : answer.atMs - sentAtMs)));
  const endMs = lastMs + overdueAfterMs(slowestMs);
  const isSettled = echoes.every(({ answer }) => answer !== null);
  return isSettled || nowMs >= endMs ? { kind: 'end' } : { kind: 'wait', untilMs: endMs };
}

function quickPace(echoes: readonly Echo[], plan: PingPlan, firstMs: number, nowMs: number): PingStep {
  const endMs = firstMs + Math.max(LONGEST_MS, plan.count * plan.intervalMs + LINGER_MS);
  if (nowMs >= endMs) return { kind: 'end' };
  const lastMs = lastSentMs(echoes);
  if (echoes.length < plan.count) return sendAt(lastMs + plan.intervalMs, nowMs);
  const lastUsefulMs = endMs - overdueAfterMs(Math.max(...turnaroundsOf(echoes)));
  if (echoes.length < plan.extendTo && nowMs < lastUsefulMs && lostOf(echoes, nowMs).length > 0) {
    return sendAt(lastMs + Math.min(plan.intervalMs, EXTENDED_INTERVAL_MS), nowMs);
  }
  const nextMs = pendingUntilMs(echoes, nowMs)[0];
  return nextMs === undefined ? { kind: 'end' } : { kind: 'wait', untilMs: Math.min(nextMs, endMs) };
}

function sendAt(atMs: number, nowMs: number): PingStep {
  return nowMs >= atMs ? { kind: 'send' } : { kind: 'wait', untilMs: atMs };
}

function lastSentMs(echoes: readonly Echo[]): number {
  return Math.max(...echoes.map(({ sentAtMs }) => sentAtMs));
}

/** What came last, by the time of its arrival. */
function latestAnswer(echoes: readonly Echo[]): 'reply' | 'error' | null {
  const replyMs = Math.max(-Infinity, ...answerTimes(echoes, 'reply'));
  const errorMs = Math.max(-Infinity, ...answerTimes(echoes, 'error'));
  if (replyMs === errorMs && replyMs === -Infinity) return null;
  return replyMs >= errorMs ? 'reply' : 'error';
}

function answerTimes(echoes: readonly Echo[], kind: 'reply' | 'error'): readonly number[] {
  return echoes.flatMap(({ answer }) => (answer?.kind === kind ? [answer.atMs] : []));
}
