import type { DifferenceSubject, ReportComparison } from '../../domain/difference.ts';
import type { Language } from '../../domain/verdict.ts';
import { printable } from '../../text/printable.ts';

type Words = {
  readonly subject: Readonly<Record<DifferenceSubject, string>>;
  readonly same: string;
  readonly changed: string;
  readonly worse: string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    subject: {
      target: 'Target',
      vantage: 'Vantage',
      verdict: 'Verdict',
      diagnosis: 'Diagnosis',
      place: 'Place',
      addresses: 'Addresses of the name',
      route: 'Route',
      path: 'Path',
      mtu: 'Path MTU',
      port: 'Port',
      listeners: 'Listening sockets',
      certificate: 'Certificate',
      rtt: 'RTT (median)',
      loss: 'Loss',
    },
    same: 'Nothing that both runs measured has changed.',
    changed: 'Changed:',
    worse: 'It became worse. Changed:',
  },
  ko: {
    subject: {
      target: '대상',
      vantage: '측정 위치',
      verdict: '판정',
      diagnosis: '진단',
      place: '위치',
      addresses: '이름의 주소',
      route: '라우트',
      path: '경로',
      mtu: '경로 MTU',
      port: '포트',
      listeners: '대기 중인 소켓',
      certificate: '인증서',
      rtt: 'RTT(중앙값)',
      loss: '손실률',
    },
    same: '두 번 모두 측정한 항목에는 달라진 것이 없습니다.',
    changed: '달라진 것:',
    worse: '상태가 나빠졌습니다. 달라진 것:',
  },
};

/** What has changed, a few lines for each; fit to print. */
export function toCompareText({ isWorse, differences }: ReportComparison, lang: Language): string {
  const words = WORDS[lang];
  const head = isWorse ? words.worse : differences.length > 0 ? words.changed : words.same;
  const lines = differences.flatMap(({ subject, before, after }) => [
    `  ${words.subject[subject]}`,
    `    - ${printable(before)}`,
    `    + ${printable(after)}`,
  ]);
  return [head, ...lines].map((line) => `${line}\n`).join('');
}
