import { linesOf } from '../../../process/parse-lines.ts';
import { errnoOfText } from '../../raw/errno.ts';
import type { ToolReading } from './reading.ts';

/** What tools say when they may not open the socket, rather than when the kernel refuses the packet. */
const PRIVILEGE = /privilege|are you root|must be root|cap_net_raw|\bsocket: |setuid|root only|lacking/iu;
const REMEMBERED_MTU = /, mtu[ =:]{1,3}(\d{1,5})$/iu;
const SEPARATOR = ': ';

/** Reads the complaint of a tool that could not send (`ping: sendto: No route to host`); null where it holds none. */
export function refusalOf(stderr: string): ToolReading | null {
  const lines = linesOf(stderr);
  if (lines.some((line) => PRIVILEGE.test(line))) return { kind: 'no-privilege' };
  for (const line of lines) {
    // The errno text is the last part; iputils puts the MTU behind it: `, mtu=1300`, of IPv6 `, mtu: 1300`.
    const text = line.replace(REMEMBERED_MTU, '').split(SEPARATOR).at(-1) ?? '';
    const code = errnoOfText(text);
    if (code === null) continue;
    const mtu = Number(REMEMBERED_MTU.exec(line)?.[1] ?? 0);
    return { kind: 'local-error', code, mtu: code === 'EMSGSIZE' && mtu > 0 ? mtu : null };
  }
  return null;
}
