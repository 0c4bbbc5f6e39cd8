import type { Method } from '../domain/evidence.ts';
import type { IcmpError } from '../domain/icmp-error.ts';
import type { Language } from '../domain/verdict.ts';
import type { Parts } from './kind.ts';
import { hintOf, type Unmeasured } from './obstacles/describe.ts';

/** More of one kind than a reader would look at; the JSON has them all. */
const MAX_SHOWN = 6;

/** Words that several kinds of evidence have in common; each kind's own stand in its file. */
type SharedWords = {
  readonly answered: (received: number, sent: number) => string;
  readonly lost: (percent: number) => string;
  readonly notMeasured: string;
  readonly nothing: string;
  readonly bytes: (count: number) => string;
  readonly cutShort: string;
};

const WORDS: Readonly<Record<Language, SharedWords>> = {
  en: {
    answered: (received, sent) => `${received} of ${sent} answered`,
    lost: (percent) => `${percent} % lost`,
    notMeasured: 'could not be measured',
    nothing: 'nothing',
    bytes: (count) => `${count} byte${count === 1 ? '' : 's'} received`,
    cutShort: '(cut short)',
  },
  ko: {
    answered: (received, sent) => `${sent}개 중 ${received}개 응답`,
    lost: (percent) => `손실 ${percent} %`,
    notMeasured: '측정할 수 없음',
    nothing: '응답 없음',
    bytes: (count) => `${count}바이트 수신`,
    cutShort: '(도중에 중단됨)',
  },
};

export function sharedWords(lang: Language): SharedWords {
  return WORDS[lang];
}

/** That something could not be measured, and what would help. */
export function describeUnavailable(unavailable: Unmeasured | null | undefined, lang: Language): Parts {
  const { notMeasured } = WORDS[lang];
  return [unavailable == null ? notMeasured : `${notMeasured}: ${hintOf(unavailable, lang)}`];
}

export function describeError({ kind, from, type, code }: IcmpError): string {
  return `${kind} (${type}/${code}, ${from})`;
}

/** `10.0.0.1:80`, `[2001:db8::1]:80`. */
export function endpoint(address: string, port: number): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** To one decimal. */
export function roundedPercent(percent: number): number {
  return Math.round(percent * 10) / 10;
}

/** The first of many, and how many are not shown. */
export function firstFew(items: readonly string[]): readonly string[] {
  return items.length <= MAX_SHOWN ? items : [...items.slice(0, MAX_SHOWN), `+${items.length - MAX_SHOWN}`];
}

/** Which engine measured, as it stands behind the line. */
export function methodNote(found: object): string {
  const method = 'method' in found ? (found.method as Method | null) : null;
  return method === null ? '' : ` (${method})`;
}
