import { type IpAddress, withoutZone } from '../../../domain/address.ts';
import type { NeighbourState } from '../../../domain/evidence.ts';
import { rowsOf } from '../../process/parse-lines.ts';
import { canonicalAddress } from '../interfaces/machine-address.ts';

/** What Windows writes for an interface without a limit is larger than any. */
const LARGEST_MTU = 2 ** 31;
const MAC = /^[0-9a-f]{2}(?:-[0-9a-f]{2}){5}$/iu;
const ZEROS = '00-00-00-00-00-00';
/** States that other languages translate; theirs are told by the link-layer address alone. */
const STATES: Readonly<Record<string, NeighbourState>> = {
  Reachable: 'reachable',
  Delay: 'delay',
  Probe: 'probe',
  Permanent: 'permanent',
};

/** The MTU in `netsh interface ipv4|ipv6 show interfaces`: index, metric, MTU, then words; null where the index has none. */
export function parseInterfaceMtu(text: string, index: string): number | null {
  const row = rowsOf(text).find(([first, metric = '']) => first === index && /^\d{1,10}$/u.test(metric));
  const mtu = Number(/^\d{1,10}$/u.exec(row?.[2] ?? '')?.[0] ?? 0);
  return mtu > 0 && mtu < LARGEST_MTU ? mtu : null;
}

/**
 * Reads `netsh interface ipv4|ipv6 show neighbors` of one interface, or `arp -a`: address, link-layer address, a word. An
 * entry without link-layer address (zeros, or a word in its place) has not been resolved; of one with an address that is
 * not known to be fresh the weakest is told. null for a text that holds no entry at all, and is no table then.
 */
export function parseWindowsNeighbours(text: string, address: IpAddress): NeighbourState | null {
  const bare = withoutZone(address);
  const entries = rowsOf(text).flatMap((row) => {
    const entry = canonicalAddress(withoutZone(row[0] ?? ''));
    return entry === null || row.length < 2 ? [] : [{ entry, link: row[1] ?? '', word: row[2] ?? '' }];
  });
  if (entries.length === 0) return null;
  const found = entries.find(({ entry }) => entry === bare);
  if (found === undefined) return 'none';
  if (!MAC.test(found.link) || found.link === ZEROS) return 'incomplete';
  return (Object.hasOwn(STATES, found.word) ? STATES[found.word] : undefined) ?? 'stale';
}

/** The rows of one interface in `arp -a`, which begins each with `Interface: 10.9.0.2 --- 0x6` in the machine's language. */
export function arpSection(text: string, index: string): string {
  const lines = text.split(/\r?\n/u);
  const starts = lines.flatMap((line, at) => (headIndex(line) === null ? [] : [at]));
  const start = starts.find((at) => headIndex(lines[at] ?? '') === index);
  if (start === undefined) return '';
  return lines.slice(start + 1, starts.find((at) => at > start) ?? lines.length).join('\n');
}

function headIndex(line: string): string | null {
  const hex = / --- 0x([0-9a-f]{1,6})\s*$/iu.exec(line)?.[1];
  return hex === undefined ? null : `${Number.parseInt(hex, 16)}`;
}
