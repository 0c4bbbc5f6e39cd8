import { ALL_CODES, type FindingCode } from '../domain/finding-code.ts';
import type { Text } from './entry.ts';

export type Section = { readonly title: Text; readonly codes: readonly FindingCode[] };

const FIRST_OF_SECTION: readonly (readonly [FindingCode, Text])[] = [
  ['reachable', { en: 'Healthy', ko: '정상' }],
  ['no-network', { en: 'This machine', ko: '이 장비' }],
  ['name-not-found', { en: 'Name', ko: '이름' }],
  ['no-route', { en: 'Route', ko: '라우트' }],
  ['ipv6-broken', { en: 'Host', ko: '호스트' }],
  ['path-blackhole', { en: 'Path', ko: '경로' }],
  ['not-listening', { en: 'Port', ko: '포트' }],
  ['tls-handshake-failed', { en: 'Service', ko: '서비스' }],
  ['not-permitted', { en: 'Tool', ko: '도구' }],
];

/** Every code under the stage that it belongs to, in the order of precedence. */
export const SECTIONS: readonly Section[] = FIRST_OF_SECTION.map(([first, title], index) => {
  const next = FIRST_OF_SECTION[index + 1];
  return { title, codes: ALL_CODES.slice(ALL_CODES.indexOf(first), next && ALL_CODES.indexOf(next[0])) };
});
