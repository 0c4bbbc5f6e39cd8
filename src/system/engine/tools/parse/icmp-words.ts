import type { Family } from '../../../../domain/address.ts';
import type { IcmpCode } from './reading.ts';

type Words = { readonly icmp: IcmpCode; readonly mtu: number | null };

const FRAGMENTATION = /^frag(?:mentation)? needed and df set(?: \(mtu[ =]*(\d{1,5})\))?/u;
const TOO_BIG = /^packet too big:?(?: mtu ?=? ?(\d{1,5}))?/u;
const BARE_CODE = /^dest(?:ination)? unreachable,? (?:bad|unknown) code:? (\d{1,3})/u;
const BARE_CODE_V6 = /^destination unreachable: unknown code:? (\d{1,3})/u;

/**
 * Texts of iputils (ping/ping.c), GNU inetutils (libicmp, ping/ping_echo.c) and the BSDs, macOS included (pr_icmph of
 * ping.c), in lower case; they differ in few words.
 */
const UNREACHABLE: readonly (readonly [string, number])[] = [
  ['destination net unreachable for type of service', 11],
  ['destination host unreachable for type of service', 12],
  ['destination network unreachable at this tos', 11],
  ['destination host unreachable at this tos', 12],
  ['destination net unreachable', 0],
  ['destination host unreachable', 1],
  ['destination protocol unreachable', 2],
  ['destination port unreachable', 3],
  ['source route failed', 5],
  ['destination net unknown', 6],
  ['network unknown', 6],
  ['destination host unknown', 7],
  ['host unknown', 7],
  ['source host isolated', 8],
  ['host isolated', 8],
  ['destination net prohibited', 9],
  ['destination host prohibited', 10],
  ['packet filtered', 13],
  ['communication prohibited by filter', 13],
  ['precedence violation', 14],
  ['precedence cutoff', 15],
];

/** iputils (ping/ping6_common.c), inetutils (ping6.c) and the KAME ping6 of the BSDs. */
const UNREACHABLE_V6: readonly (readonly [string, number])[] = [
  ['destination unreachable: no route', 0],
  ['no route to destination', 0],
  ['destination unreachable: administratively prohibited', 1],
  ['destination unreachable: destination administratively prohibited', 1],
  ['destination administratively unreachable', 1],
  ['destination unreachable: beyond scope of source address', 2],
  ['destination unreachable beyond scope', 2],
  ['destination unreachable: address unreachable', 3],
  ['destination host unreachable', 3],
  ['destination unreachable: port unreachable', 4],
  ['destination port unreachable', 4],
  ['destination unreachable: source address failed ingress/egress policy', 5],
  ['destination unreachable: reject route to destination', 6],
];

/** Reads the words that a Unix ping has for an ICMP error; null for others. */
export function icmpOfWords(text: string, family: Family): Words | null {
  const words = text.trim().toLowerCase();
  return family === 4 ? ofIpv4(words) : ofIpv6(words);
}

function ofIpv4(words: string): Words | null {
  if (words.startsWith('time to live exceeded')) return bare(11, 0);
  if (words.startsWith('frag reassembly time exceeded')) return bare(11, 1);
  if (words.startsWith('parameter problem')) return bare(12, 0);
  const fragmentation = FRAGMENTATION.exec(words);
  if (fragmentation !== null) return { icmp: { type: 3, code: 4 }, mtu: mtuOf(fragmentation[1]) };
  return codeOf(words, UNREACHABLE, BARE_CODE, 3);
}

function ofIpv6(words: string): Words | null {
  if (words.startsWith('time exceeded: hop limit') || words.startsWith('time to live exceeded')) return bare(3, 0);
  if (words.startsWith('time exceeded: defragmentation failure')) return bare(3, 1);
  if (words.startsWith('parameter problem')) return bare(4, 0);
  const tooBig = TOO_BIG.exec(words);
  if (tooBig !== null) return { icmp: { type: 2, code: 0 }, mtu: mtuOf(tooBig[1]) };
  return codeOf(words, UNREACHABLE_V6, BARE_CODE_V6, 1);
}

function codeOf(
  words: string,
  known: readonly (readonly [string, number])[],
  numbered: RegExp,
  type: number,
): Words | null {
  const found = known.find(([start]) => words.startsWith(start));
  if (found !== undefined) return bare(type, found[1]);
  const code = Number(numbered.exec(words)?.[1] ?? -1);
  return code >= 0 && code <= 255 ? bare(type, code) : null;
}

function bare(type: number, code: number): Words {
  return { icmp: { type, code }, mtu: null };
}

/** A router that knows no better says 0 (RFC 1191, 5). */
function mtuOf(digits: string | undefined): number | null {
  const mtu = Number(digits ?? 0);
  return mtu > 0 && mtu <= 65_535 ? mtu : null;
}
