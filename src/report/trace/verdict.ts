import type { TraceRemark } from '../../domain/trace-remark.ts';
import type { Language, Verdict } from '../../domain/verdict.ts';
import { hintOf } from '../../evidence/obstacles/describe.ts';
import type { TraceEvidence } from '../../evidence/trace.ts';
import { formatMs } from '../../text/format-ms.ts';
import { printable } from '../../text/printable.ts';
import { icmpName } from '../icmp-name.ts';
import { traceWordsOf } from './language.ts';
import type { TraceVerdict } from './view.ts';
import type { AtHop, TraceWords } from './words.ts';

/** What a trace says in words: how the target fares, the sentence for it, and what else the table shows. Fit to print. */
export type TraceSaying = { readonly verdict: Verdict; readonly says: string; readonly notes: readonly string[] };

export function sayTrace(verdict: TraceVerdict, lang: Language): TraceSaying {
  const words = traceWordsOf(lang);
  const main = sayEnd(verdict, words, lang);
  const notes = [
    ...answerNotes(verdict.trace, words),
    ...(verdict.trace.oddities ?? []).map((oddity) => words.oddity[oddity]),
    ...verdict.remarks.map((remark) => sayRemark(remark, words)),
  ];
  return { verdict: main.verdict, says: printable(main.says), notes: notes.map(printable) };
}

type Ending = { readonly verdict: Verdict; readonly says: string };

function sayEnd({ trace, reading, remarks, routeError }: TraceVerdict, words: TraceWords, lang: Language): Ending {
  const { outcome } = reading;
  if (outcome === 'unavailable') return inconclusive(words.unavailable(hintOf(trace.unavailable, lang)));
  if (outcome === 'reached') {
    const target = trace.hops.at(-1);
    const ms = target?.rttMs ? formatMs(target.rttMs.median) : null;
    const isLossy = remarks.some(({ kind }) => kind === 'loss');
    return { verdict: isLossy ? 'degraded' : 'healthy', says: words.reached(trace.address, trace.hops.length, ms) };
  }
  if (trace.hops.length === 0 && (trace.stopReason === 'refused' || routeError !== null)) {
    return inconclusive(words.refused(routeError));
  }
  const last = trace.hops.findLast(({ addresses }) => addresses.length > 0);
  const lastAt = last === undefined ? null : { hop: last.ttl, address: last.addresses[0] ?? '?' };
  const isOpen = outcome === 'stopped' || outcome === 'silent';
  if (isOpen && trace.cutShort) return inconclusive(words.endedEarly(lastAt));
  if (isOpen && lastAt !== null && trace.stopReason === 'max-hops' && lastAt.hop === trace.hops.length) {
    return inconclusive(words.pathGoesOn(lastAt));
  }
  return { verdict: 'fault', says: sayFault(trace, reading, words) };
}

function sayFault(trace: TraceEvidence, { outcome, where }: TraceVerdict['reading'], words: TraceWords): string {
  const at: AtHop = { hop: where?.hop ?? null, address: where?.address ?? '?' };
  const error = trace.hops.findLast((hop) => hop.error !== null)?.error ?? null;
  const icmp = error === null ? 'ICMP' : icmpName(error);
  switch (outcome) {
    case 'stopped':
      return words.stopped(at);
    case 'silent':
      return words.silent;
    case 'on-link':
      return words.onLink(trace.address);
    case 'loop':
      return words.loop(at.hop, [...trace.loop, trace.loop[0] ?? ''].join(' → '));
    case 'host-unreachable':
      return words.hostUnreachable(at, icmp, trace.address);
    case 'network-unreachable':
      return words.networkUnreachable(at, icmp, trace.address);
    case 'prohibited':
      return words.prohibited(at, icmp);
    case 'rejected':
      return words.rejected(at, icmp);
    case 'reached':
    case 'unavailable':
      return '';
  }
}

function inconclusive(says: string): Ending {
  return { verdict: 'inconclusive', says };
}

/** What the target's answer tells of a port. */
function answerNotes({ targetAnswer, protocol, port }: TraceEvidence, words: TraceWords): readonly string[] {
  if (targetAnswer === undefined || protocol === 'icmp') return [];
  switch (targetAnswer.kind) {
    case 'reset':
      return [words.resets(`${port ?? '?'}`)];
    case 'port-unreachable':
      return [words.portUnreachable];
    case 'reply':
      return protocol === 'tcp' ? [words.accepts(`${port ?? '?'}`)] : [];
    case 'answered':
      return [];
  }
}

function sayRemark(remark: TraceRemark, words: TraceWords): string {
  switch (remark.kind) {
    case 'silent-hops':
      return words.silentHops(remark.hops);
    case 'limited-hops':
      return words.limitedHops(remark.hops);
    case 'slow-hops':
      return words.slowHops(remark.hops);
    case 'several-routers':
      return words.severalRouters(remark.hops);
    case 'few-lost':
      return words.fewLost(remark.lost, remark.sent);
    case 'loss':
      return words.loss(remark.lost, remark.sent, remark.first, remark.last);
    case 'rise':
      return words.rise(remark.first, remark.last, formatMs(remark.ms));
  }
}
