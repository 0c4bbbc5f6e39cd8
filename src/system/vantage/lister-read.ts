import type { SocketLister, SocketRow } from '../../domain/socket.ts';
import { parseListenCounters } from '../sockets/listen-counters.ts';
import { stateOf } from '../sockets/netlink-diag.ts';
import { type ProcNetRow, parseProcNetRow } from '../sockets/proc-net.ts';
import { parseSsSockets } from '../sockets/ss-sockets.ts';
import { BIG_ENDIAN, ownersThere } from './sockets-read.ts';
import { sectionsOf } from './sockets-script.ts';

/** What is run on a vantage to see all of its sockets; see SOCKETS_SCRIPT, whose sections it has. Every line only reads. */
export const ALL_SOCKETS_SCRIPT = `
PATH=$PATH:/usr/sbin:/sbin LC_ALL=C; export PATH LC_ALL
has() { command -v "$1" >/dev/null 2>&1; }
lines() { while IFS= read -r line; do echo "$line"; done; }
part() { echo; echo "== $1"; }
part system; uname -sm
part ss; if has ss && ss -H -a -n -t -u -e -p; then part whole
elif [ -r /proc/net/tcp ]; then
  for name in tcp tcp6 udp udp6; do part $name; if [ -r /proc/net/$name ]; then lines </proc/net/$name; fi; done
  part fds; if has ls && has grep; then ls -l /proc/[0-9]*/fd | grep -E '^/proc/|socket:'; fi
  part names; for folder in /proc/[0-9]*; do if read -r name <$folder/comm; then echo "$folder $name"; fi; done
fi
part counters; if has grep; then grep '^TcpExt:' /proc/net/netstat; fi
part end
`.trim();

const FILES = [
  ['tcp', 'tcp'],
  ['tcp6', 'tcp'],
  ['udp', 'udp'],
  ['udp6', 'udp'],
] as const;
const MOST_ROWS = 100_000;

/** Reads what the script wrote; every byte of it may be anything. `where` names the vantage in the words. */
export function readAllSockets(output: string, where: string): Awaited<ReturnType<SocketLister['list']>> {
  const sections = sectionsOf(output);
  if (!sections.has('end')) {
    return {
      unavailable: { reason: 'not-supported', hint: `the shell of ${where} did not run what was asked of it.` },
    };
  }
  const counters = parseListenCounters(sections.get('counters') ?? '');
  if (sections.has('whole')) {
    return { method: 'system', rows: parseSsSockets(sections.get('ss') ?? ''), counters, gaps: [] };
  }
  if (!sections.has('tcp')) {
    return { unavailable: { reason: 'not-supported', hint: `neither ss nor /proc/net is to be had on ${where}.` } };
  }
  return { method: 'proc', rows: procRows(sections), counters, gaps: [{ kind: 'no-socket-details' }] };
}

function procRows(sections: ReadonlyMap<string, string>): readonly SocketRow[] {
  const byteOrder = BIG_ENDIAN.test(sections.get('system') ?? '') ? 'BE' : 'LE';
  const owners = ownersThere(sections.get('fds') ?? '', sections.get('names') ?? '');
  return FILES.flatMap(([file, protocol]) =>
    (sections.get(file) ?? '').split('\n').flatMap((line) => {
      const row = parseProcNetRow(line, byteOrder);
      return row === null ? [] : rowOf(row, protocol, owners.get(row.inode));
    }),
  ).slice(0, MOST_ROWS);
}

function rowOf(
  row: ProcNetRow,
  protocol: 'tcp' | 'udp',
  owner: { readonly pid: number; readonly process: string } | undefined,
): readonly SocketRow[] {
  const state = stateOf(protocol, Number.parseInt(row.state, 16));
  if (state === null) return [];
  const isListener = state === 'listen';
  const hasPeer = !isListener && state !== 'unconnected';
  const { family, inode } = row;
  return [
    {
      protocol,
      family,
      state,
      local: { address: row.address, port: row.port },
      peer: hasPeer ? { address: row.peerAddress, port: row.peerPort } : null,
      interface: null,
      v6Only: null,
      acceptQueue: isListener ? row.receiveQueue : null,
      backlog: null,
      receiveQueue: isListener ? null : row.receiveQueue,
      sendQueue: isListener ? null : row.sendQueue,
      drops: row.drops,
      uid: inode === 0 ? null : row.uid,
      user: null,
      inode,
      owners: owner === undefined ? [] : [{ ...owner, unit: null, container: null }],
      noOwner: owner !== undefined ? null : inode === 0 ? 'kernel' : 'not-seen-there',
    },
  ];
}
