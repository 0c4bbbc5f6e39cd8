import type { Family } from '../../../../domain/address.ts';
import { canonicalAddress } from '../../../host/interfaces/machine-address.ts';
import { ttlOf, type WalkLine } from './parse-walk.ts';
import type { IcmpCode, ToolReading } from './reading.ts';

const LONGEST_LINE = 500;
const LINE = /^(\d{1,3})\??: +(.*)$/u;
const TOLD = /^(\S{1,100}) +(.*)$/u;
const TIME = /^(\d{1,7}\.\d{1,3})ms\b(.*)$/u;
/** It asks a silent hop three times, a second apart. */
const SILENT: readonly ToolReading[] = [{ kind: 'silent' }, { kind: 'silent' }, { kind: 'silent' }];
const EXPIRED: Readonly<Record<Family, IcmpCode>> = { 4: { type: 11, code: 0 }, 6: { type: 3, code: 0 } };
const PORT_UNREACHABLE: Readonly<Record<Family, IcmpCode>> = { 4: { type: 3, code: 3 }, 6: { type: 1, code: 4 } };
/**
 * The letters stand for errno values, for which the kernel has taken several codes (icmp_err_convert of net/ipv4/icmp.c,
 * icmpv6_err_convert): of IPv4 `!H` is host unreachable and prohibition alike. Only those of one meaning are read.
 */
const MARKS: Readonly<Record<Family, Readonly<Record<string, IcmpCode>>>> = {
  4: {},
  6: { '!N': { type: 1, code: 0 }, '!A': { type: 1, code: 1 } },
};

/** Reads a line of iputils' tracepath (tracepath.c): ` 3:  10.9.2.1   0.018ms reached`; null for one that is no hop. Never throws. */
export function readTracepathLine(text: string, family: Family): WalkLine | null {
  const [, digits, rest = ''] = LINE.exec(text.slice(0, LONGEST_LINE).trim()) ?? [];
  const ttl = ttlOf(digits);
  if (ttl === null) return null;
  if (rest === 'no reply') return { ttl, readings: SILENT };
  // Which refusal of this machine it was, it does not say.
  if (rest === 'send failed') return { ttl, readings: [{ kind: 'local-error', code: 'EIO', mtu: null }] };
  // The target answered with a datagram: from where and when is not printed.
  if (rest.startsWith('reply received')) return { ttl, readings: [{ kind: 'unnamed' }] };
  const reading = hopOf(rest, family);
  return reading === null ? null : { ttl, readings: [reading] };
}

function hopOf(rest: string, family: Family): ToolReading | null {
  const [, address = '', told = ''] = TOLD.exec(rest) ?? [];
  const from = canonicalAddress(address);
  // A report that the packet was too big is not the hop's answer: it asks again.
  if (from === null || /\bpmtu \d/u.test(told)) return null;
  const [, time, behind = told] = TIME.exec(told) ?? [];
  const rttMs = time === undefined ? null : Number(time);
  const words = behind.replace(/\basymm +\d{1,3}/u, '').trim();
  if (words === 'reached') return { kind: 'error', from, icmp: PORT_UNREACHABLE[family], rttMs, mtu: null };
  const mark = /!\S{1,5}/u.exec(words)?.[0];
  if (mark !== undefined) {
    const icmp = MARKS[family][mark];
    return icmp === undefined ? { kind: 'unnamed' } : { kind: 'error', from, icmp, rttMs, mtu: null };
  }
  if (rttMs !== null) return { kind: 'from', from, rttMs };
  // The router quoted too little of the probe to tell when it was sent.
  return told.startsWith('(') ? { kind: 'error', from, icmp: EXPIRED[family], rttMs: null, mtu: null } : null;
}
