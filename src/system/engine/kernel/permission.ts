import { readFileSync } from 'node:fs';
import type { Unavailable } from '../../../domain/evidence.ts';

const RANGE = '/proc/sys/net/ipv4/ping_group_range';

/** Why no socket for echoes could be opened, from the errno name. */
export function whyNoEcho(code: string): Unavailable {
  if (code !== 'EACCES' && code !== 'EPERM') {
    return { reason: 'not-supported', obstacles: [{ code: 'icmp-socket-refused', said: code }] };
  }
  const setting = readRange();
  return {
    reason: 'not-permitted',
    obstacles: [{ code: 'ping-group', count: process.getgid?.() ?? 0, ...(setting !== null && { setting }) }],
  };
}

function readRange(): string | null {
  try {
    return readFileSync(RANGE, 'utf8').trim().split(/\s+/u).join(' ');
  } catch {
    return null;
  }
}
