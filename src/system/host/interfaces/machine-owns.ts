import { closeSync, openSync, readSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { familyOf, type IpAddress, withoutZone } from '../../../domain/address.ts';
import { canonicalAddress, isInNetwork } from './machine-address.ts';

const LOOPBACK = ['127.0.0.0/8', '::1/128'] as const;
/** A router's table may be huge; this much holds the addresses of any machine that runs programs. */
const MAX_TABLE_BYTES = 1024 * 1024;

/** See Machine.owns. Counts addresses on interfaces without carrier as well, which Node leaves out. */
export function ownsAddress(address: IpAddress): boolean {
  const bare = withoutZone(address);
  if (LOOPBACK.some((network) => isInNetwork(bare, network))) return true;
  const listed = Object.values(networkInterfaces()).some((entries) =>
    entries?.some((entry) => canonicalAddress(entry.address) === bare),
  );
  if (listed || process.platform !== 'linux') return listed;
  if (familyOf(bare) === 6) return localIpv6(contentOf('/proc/net/if_inet6')).includes(bare);
  return localIpv4(contentOf('/proc/net/fib_trie')).some((network) => isInNetwork(bare, network));
}

/** The networks (`address/bits`) that /proc/net/fib_trie marks as this machine's own. */
export function localIpv4(text: string): readonly string[] {
  const networks: string[] = [];
  let address = '';
  for (const line of text.split('\n')) {
    address = /\|-- (\S+)/u.exec(line)?.[1] ?? address;
    const bits = /\/(\d+) host LOCAL/u.exec(line)?.[1];
    if (bits !== undefined && canonicalAddress(address) !== null) networks.push(`${address}/${bits}`);
  }
  return networks;
}

/** The addresses of /proc/net/if_inet6: 32 hex digits at the start of each line. */
export function localIpv6(text: string): readonly IpAddress[] {
  return text.split('\n').flatMap((line) => {
    const digits = /^[0-9a-f]{32}/u.exec(line)?.[0].match(/.{4}/gu);
    const address = digits ? canonicalAddress(digits.join(':')) : null;
    return address === null ? [] : [address];
  });
}

function contentOf(path: string): string {
  try {
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(MAX_TABLE_BYTES);
      let length = 0;
      for (;;) {
        const bytes = readSync(file, buffer, length, buffer.length - length, null);
        length += bytes;
        if (bytes === 0 || length === buffer.length) return buffer.toString('latin1', 0, length);
      }
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}
