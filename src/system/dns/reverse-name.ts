import { Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { IpAddress } from '../../domain/address.ts';
import { canonicalAddress } from '../host/interfaces/machine-address.ts';

/** However many servers are configured, and however silent they are. */
const PATIENCE_MS = 1000;
const LONGEST_NAME = 253;
/** Controls and format characters: direction marks and overrides, zero-width ones, tags. Blanks have no place in a name either. */
const NOT_IN_NAMES = /[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\p{Cs}]/gu;

const HOSTS_FILE =
  process.platform === 'win32'
    ? `${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\drivers\\etc\\hosts`
    : '/etc/hosts';

/** Asks for the names of one address; rejects where there is none. */
export type ReverseLookup = (address: IpAddress) => Promise<readonly string[]>;

/**
 * The name of an address: what the hosts file or the configured resolvers have for it (PTR, RFC 1035 3.3.12), within a
 * second; null where there is none by then. The owner of an address block writes there what he likes: the name is
 * stripped of everything that could control a terminal, and one that would pass for an address is none.
 */
export async function reverseName(
  address: IpAddress,
  signal: AbortSignal,
  ask?: ReverseLookup,
): Promise<string | null> {
  if (signal.aborted) return null;
  const resolver = new Resolver({ timeout: PATIENCE_MS, tries: 1 });
  const lookUp = ask ?? ((bare) => namesOf(bare, resolver));
  const end = new AbortController();
  const until = AbortSignal.any([signal, end.signal]);
  const timer = setTimeout(() => end.abort(), PATIENCE_MS);
  const givenUp = new Promise<readonly string[]>((settle) => {
    until.addEventListener('abort', () => settle([]), { once: true });
  });
  try {
    const names = await Promise.race([lookUp(address.split('%')[0] ?? address), givenUp]);
    return names.map(asName).find((name) => name !== null) ?? null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    resolver.cancel();
  }
}

/** The resolver of Node leaves out the first name of a line of the hosts file. */
async function namesOf(address: IpAddress, resolver: Resolver): Promise<readonly string[]> {
  const name = nameInHostsFile(await readFile(HOSTS_FILE, 'utf8').catch(() => ''), address);
  return name === null ? resolver.reverse(address) : [name];
}

/** The first name that a hosts file (hosts(5)) gives for an address; null for none. */
export function nameInHostsFile(text: string, address: IpAddress): string | null {
  for (const line of text.split('\n')) {
    const [addressText = '', name = ''] = line.replace(/#.*$/u, '').trim().split(/\s+/u);
    if (name !== '' && canonicalAddress(addressText) === address) return name;
  }
  return null;
}

function asName(text: string): string | null {
  const name = text.replace(NOT_IN_NAMES, '').replace(/\.$/u, '').slice(0, LONGEST_NAME);
  return name === '' || isIP(name) !== 0 ? null : name;
}
