import type { Language } from '../../domain/verdict.ts';
import type { CauseKind } from '../../evidence/report/many.ts';

/** What is said of a run of several targets. */
export type ManyWords = {
  readonly counted: (bad: number, all: number) => string;
  readonly causes: string;
  /** What a group has in common, with what was found. `at` is null of a code alone. */
  readonly shared: (kind: CauseKind, at: string | null, codes: string) => string;
  readonly affected: string;
  readonly target: string;
  readonly notRead: (file: string, line: number, message: string) => string;
  readonly notBegun: (count: number) => string;
};

const EN: ManyWords = {
  counted: (bad, all) => (bad === 0 ? `All ${all} are healthy.` : `${bad} of ${all} are not healthy.`),
  causes: 'By what they have in common',
  shared: (kind, at, codes) => {
    switch (kind) {
      case 'hop':
        return `the hop ${at}: ${codes}`;
      case 'resolver':
        return `the DNS resolvers ${at}: ${codes}`;
      case 'interface':
        return `the interface ${at} of the machine that asks: ${codes}`;
      case 'address':
        return `the address ${at}: ${codes}`;
      case 'network':
        return `the network ${at}: ${codes} (not every path was traced)`;
      case 'code':
        return codes;
    }
  },
  affected: 'Affected',
  target: 'Target',
  notRead: (file, line, message) => `${file}:${line}: not asked: ${message}`,
  notBegun: (count) => `${count} not begun before it was interrupted.`,
};

const KO: ManyWords = {
  counted: (bad, all) => (bad === 0 ? `${all}개 모두 정상입니다.` : `${all}개 중 ${bad}개에 문제가 있습니다.`),
  causes: '공통 원인별',
  shared: (kind, at, codes) => {
    switch (kind) {
      case 'hop':
        return `홉 ${at}: ${codes}`;
      case 'resolver':
        return `DNS 리졸버 ${at}: ${codes}`;
      case 'interface':
        return `측정한 컴퓨터의 인터페이스 ${at}: ${codes}`;
      case 'address':
        return `주소 ${at}: ${codes}`;
      case 'network':
        return `네트워크 ${at}: ${codes} (일부 경로는 추적하지 않음)`;
      case 'code':
        return codes;
    }
  },
  affected: '영향받는 대상',
  target: '대상',
  notRead: (file, line, message) => `${file}:${line}: 확인하지 않음: ${message}`,
  notBegun: (count) => `중단되어 시작하지 못한 대상: ${count}개`,
};

const WORDS: Readonly<Record<Language, ManyWords>> = { en: EN, ko: KO };

export function manyWords(lang: Language): ManyWords {
  return WORDS[lang];
}
