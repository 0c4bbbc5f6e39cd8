import type { MplsLabel } from '../../../../domain/hop-extension.ts';
import { canonicalAddress } from '../../../host/interfaces/machine-address.ts';

/**
 * One line of mtr-packet(8). `kind` is the word of the protocol (`reply`, `ttl-expired`, `no-route`, `no-reply`,
 * `permission-denied`, `feature-support`, …); what a line does not carry is null. Times in milliseconds.
 */
export type MtrLine = {
  readonly token: number;
  readonly kind: string;
  readonly from: string | null;
  readonly rttMs: number | null;
  readonly mpls: readonly MplsLabel[];
  /** Of `feature-support`: what was said of the feature. */
  readonly support: string | null;
};

const HEAD = /^(\d{1,10}) ([a-z-]{1,40})(?: (.{1,2000}))?$/u;
const LABEL_FIELDS = 4;

/** Reads one line of mtr-packet; null for what is none. Never throws. */
export function readMtrLine(line: string): MtrLine | null {
  const found = HEAD.exec(line.trim());
  if (found === null) return null;
  const words = (found[3] ?? '').split(' ');
  const values = new Map<string, string>();
  for (let index = 0; index + 1 < words.length; index += 2) values.set(words[index] ?? '', words[index + 1] ?? '');
  const microseconds = values.get('round-trip-time') ?? '';
  return {
    token: Number(found[1]),
    kind: found[2] ?? '',
    from: canonicalAddress(values.get('ip-4') ?? values.get('ip-6') ?? ''),
    rttMs: /^\d{1,10}$/u.test(microseconds) ? Number(microseconds) / 1000 : null,
    mpls: labelsOf(values.get('mpls') ?? ''),
    support: values.get('support') ?? null,
  };
}

/** Four numbers for each label: label, traffic class, bottom of the stack, TTL. */
function labelsOf(text: string): readonly MplsLabel[] {
  if (!/^\d{1,7}(?:,\d{1,7}){3,63}$/u.test(text)) return [];
  const numbers = text.split(',').map(Number);
  return Array.from({ length: Math.floor(numbers.length / LABEL_FIELDS) }, (_, index) => {
    const [label = 0, trafficClass = 0, bottom = 0, ttl = 0] = numbers.slice(index * LABEL_FIELDS);
    return { label, trafficClass, bottom: bottom === 1, ttl };
  }).filter(({ label, trafficClass, ttl }) => label < 2 ** 20 && trafficClass <= 7 && ttl <= 255);
}
