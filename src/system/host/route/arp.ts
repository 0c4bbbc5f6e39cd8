import { type IpAddress, withoutZone } from '../../../domain/address.ts';
import type { NeighbourState } from '../../../domain/evidence.ts';
import { linesOf, rowsOf } from '../../process/parse-lines.ts';
import { canonicalAddress } from '../interfaces/machine-address.ts';

const MAC = /^[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}$/iu;
const ARP_LINE = /^\S{1,260} \(([0-9.]{7,15})\) at (\S{1,30}) (.*)$/u;
/** Letters of ndp(8). */
const LETTERS: Readonly<Record<string, NeighbourState>> = {
  R: 'reachable',
  S: 'stale',
  D: 'delay',
  P: 'probe',
  I: 'incomplete',
};

/**
 * Reads `arp -an` of macOS and FreeBSD (arp(8)): `? (10.9.0.1) at 2:0:0:0:0:1 on en0 ifscope [ethernet]`. It tells no fresh
 * entry from a stale one, and no failed one from one that is being resolved: the weaker word is taken. null for a text
 * that holds no entry at all, and is no table then; `none` where there is one without this address.
 */
export function parseBsdArp(text: string, address: IpAddress, interfaceName: string): NeighbourState | null {
  const entries = linesOf(text).flatMap((line) => {
    const [, entry, link = '', rest = ''] = ARP_LINE.exec(line) ?? [];
    const words = rest.split(/\s+/u);
    return entry === undefined ? [] : [{ entry, link, words, on: words[words.indexOf('on') + 1] }];
  });
  if (entries.length === 0 && text.trim() !== '') return null;
  const found = entries.find(({ entry, on }) => entry === address && on === interfaceName);
  if (found === undefined) return 'none';
  if (!MAC.test(found.link)) return 'incomplete';
  return found.words.includes('permanent') ? 'permanent' : 'stale';
}

/**
 * Reads `ndp -an` (ndp(8)): neighbour, link-layer address, interface, expiry, state, flags. null for a text that is no such
 * table.
 */
export function parseNdp(text: string, address: IpAddress, interfaceName: string): NeighbourState | null {
  const [names, ...rows] = rowsOf(text);
  if (names?.[0] !== 'Neighbor') return null;
  const bare = withoutZone(address);
  const found = rows.find(
    ([entry = '', , on]) => on === interfaceName && canonicalAddress(withoutZone(entry)) === bare,
  );
  if (found === undefined) return 'none';
  const [, link = '', , expiry, letter = ''] = found;
  if (expiry === 'permanent') return 'permanent';
  if (!MAC.test(link)) return 'incomplete';
  return (Object.hasOwn(LETTERS, letter) ? LETTERS[letter] : undefined) ?? 'stale';
}
