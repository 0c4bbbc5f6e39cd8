import { readFileSync } from 'node:fs';
import type { Unavailable } from '../../../domain/evidence.ts';

const RANGE = '/proc/sys/net/ipv4/ping_group_range';

/** Why no socket for echoes could be opened, from the errno name, with the command that grants it. */
export function whyNoEcho(code: string): Unavailable {
  if (code !== 'EACCES' && code !== 'EPERM') {
    return { reason: 'not-supported', hint: `This machine opens no ICMP socket (${code}).` };
  }
  const group = process.getgid?.() ?? 0;
  const range = readRange();
  return {
    reason: 'not-permitted',
    hint: `This user's group (${group}) may send no echoes${range === null ? '' : ` (net.ipv4.ping_group_range is "${range}")`}: allow it with sudo sysctl -w net.ipv4.ping_group_range="${group} ${group}", or run netwhy as root, or with a copy of the node binary that was given the capability by: sudo setcap cap_net_raw+ep COPY.`,
  };
}

function readRange(): string | null {
  try {
    return readFileSync(RANGE, 'utf8').trim().split(/\s+/u).join(' ');
  } catch {
    return null;
  }
}
