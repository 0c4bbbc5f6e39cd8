import type { Comparison, OtherView } from '../../domain/comparison.ts';
import { type ConclusionCode, type FindingCode, isOwnCode } from '../../domain/finding-code.ts';
import type { Language, Where } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';

/** Faults that a rule makes which lets some senders through and others not. */
const BY_RULE: ReadonlySet<ConclusionCode> = new Set<ConclusionCode>([
  'port-filtered',
  'port-rejected',
  'firewall-blocks-port',
  'admin-prohibited',
  'port-closed',
  'udp-port-closed',
]);
/** Faults of the service behind an open port, which are looked for only where TLS and HTTP can be spoken. */
const OF_SERVICE: ReadonlySet<FindingCode> = new Set([
  'tls-handshake-failed',
  'tls-certificate-expired',
  'tls-certificate-not-yet-valid',
  'tls-name-mismatch',
  'tls-untrusted',
  'http-error',
]);
/** Faults of the machine that asks, not of what it asks for. */
const OF_ITSELF: ReadonlySet<ConclusionCode> = new Set<ConclusionCode>([
  'no-network',
  'no-route',
  'gateway-unreachable',
  'local-firewall',
  'local-ports-exhausted',
  'resolver-unreachable',
  'resolver-failure',
]);

/** Puts the reports of the same question from several vantages beside the first. */
export function compare(first: Report, others: readonly Report[], lang: Language): Comparison {
  const a = viewOf(first);
  const views = others.map(viewOf);
  const meanings = others.map((other, index) => {
    const b = views[index] ?? viewOf(other);
    const unasked = unaskedBy(first, other) ?? unaskedBy(other, first);
    return unasked === null ? meaningOf(a, b, first.target.host, lang) : unaskedMeaning(unasked, lang);
  });
  return { others: views, meanings };
}

/** What one of them found that the other works without having been asked for: nothing is told by that. */
function unaskedBy(found: Report, asked: Report): { readonly code: FindingCode; readonly from: string } | null {
  const { code } = found.diagnosis;
  if (isOwnCode(code)) return null;
  const isUnasked = asked.notChecked.some((entry) => entry.code === code) && asked.verdict === 'healthy';
  return OF_SERVICE.has(code) && isUnasked ? { code, from: asked.from } : null;
}

function unaskedMeaning({ code, from }: { readonly code: FindingCode; readonly from: string }, lang: Language): string {
  const words = WORDS[lang];
  return words.unasked(words.name(from), code);
}

function viewOf({ from, verdict, diagnosis, target }: Report): OtherView {
  const { code, confidence, summary, where } = diagnosis;
  return { from, verdict, code, confidence, summary, where, address: target.address };
}

function meaningOf(a: OtherView, b: OtherView, host: string, lang: Language): string {
  const words = WORDS[lang];
  const [from, other] = [words.name(a.from), words.name(b.from)];
  const addresses = a.address !== null && b.address !== null && a.address !== b.address;
  const meaning = core(a, b, from, other, host, words);
  return addresses ? `${meaning} ${words.addresses(other, a.address ?? '', b.address ?? '')}` : meaning;
}

function core(a: OtherView, b: OtherView, from: string, other: string, host: string, words: Words): string {
  const blind = [a, b].find(({ verdict }) => verdict === 'inconclusive');
  if (blind !== undefined) return words.blind(words.name(blind.from), blind.code);
  const [works, worksThere] = [a, b].map(({ verdict }) => verdict === 'healthy' || verdict === 'degraded');
  if (works && worksThere) return a.code === b.code ? words.bothWork(from, other) : words.bothWorkOdd(other, b.code);
  if (works !== worksThere) {
    const [bad, good] = works ? [b, a] : [a, b];
    const [badName, goodName] = [words.name(bad.from), words.name(good.from)];
    if (OF_ITSELF.has(bad.code)) return words.ofItself(goodName, badName, bad.code);
    return BY_RULE.has(bad.code) ? words.rule(goodName, badName, host) : words.path(goodName, badName, host, bad.code);
  }
  if (a.code === b.code && samePlace(a.where, b.where)) return words.same(a.code, host);
  return words.differ(from, described(a), other, described(b));
}

function samePlace(a: Where | null, b: Where | null): boolean {
  return (a?.address ?? null) === (b?.address ?? null);
}

function described({ code, where }: OtherView): string {
  return where?.address == null ? code : `${code} (${where.address})`;
}

type Words = typeof EN;

const EN = {
  name: (from: string) => (from === 'local' ? 'this machine' : from),
  blind: (who: string, code: string) =>
    `From ${who} nothing could be decided (${code}), so that there is no comparison.`,
  unasked: (who: string, code: string) =>
    `From ${who} the port is open, and whether ${code} shows there as well was not looked at.`,
  bothWork: (a: string, b: string) => `It works from ${a} as well as from ${b}.`,
  bothWorkOdd: (b: string, code: string) => `It works from both, and from ${b} otherwise: ${code}.`,
  ofItself: (good: string, bad: string, code: string) =>
    `From ${good} it works: the fault is on the side of ${bad} itself (${code}).`,
  rule: (good: string, bad: string, host: string) =>
    `From ${good} it works: the firewall between ${bad} and ${host} treats the address of ${bad} differently.`,
  path: (good: string, bad: string, host: string, code: string) =>
    `From ${good} it works: ${host} serves, and the fault is on the way from ${bad} to it (${code}).`,
  same: (code: string, host: string) =>
    `Both meet the same fault (${code}): it is at ${host}, or on the part of the way that they share.`,
  differ: (a: string, atA: string, b: string, atB: string) =>
    `They fail in different ways: from ${a} ${atA}, from ${b} ${atB}. There is more than one thing in the way.`,
  addresses: (b: string, first: string, second: string) =>
    `They asked different addresses: the name gives ${first}, and from ${b} ${second}.`,
};

const KO: Words = {
  name: (from) => (from === 'local' ? '이 컴퓨터' : from),
  blind: (who, code) => `${who}에서는 판단할 수 없어(${code}) 비교할 수 없습니다.`,
  unasked: (who, code) => `${who}에서는 포트가 열려 있지만, 그곳에서도 ${code}인지는 확인하지 않았습니다.`,
  bothWork: (a, b) => `${a}에서도 ${b}에서도 됩니다.`,
  bothWorkOdd: (b, code) => `양쪽에서 모두 되지만 ${b}에서는 다릅니다: ${code}.`,
  ofItself: (good, bad, code) => `${good}에서는 됩니다. 문제는 ${bad} 쪽에 있습니다(${code}).`,
  rule: (good, bad, host) =>
    `${good}에서는 됩니다. ${bad}와(과) ${host} 사이의 방화벽이 ${bad}의 주소를 다르게 다룹니다.`,
  path: (good, bad, host, code) =>
    `${good}에서는 됩니다. ${host}은(는) 정상이고 문제는 ${bad}에서 그곳으로 가는 경로에 있습니다(${code}).`,
  same: (code, host) => `양쪽에서 같은 문제가 나타납니다(${code}). 원인은 ${host} 또는 함께 지나는 경로에 있습니다.`,
  differ: (a, atA, b, atB) =>
    `서로 다르게 실패합니다. ${a}에서는 ${atA}, ${b}에서는 ${atB}. 막고 있는 것이 하나가 아닙니다.`,
  addresses: (b, first, second) => `서로 다른 주소로 시도했습니다. 여기서는 ${first}, ${b}에서는 ${second}입니다.`,
};

const WORDS: Readonly<Record<Language, Words>> = { en: EN, ko: KO };
