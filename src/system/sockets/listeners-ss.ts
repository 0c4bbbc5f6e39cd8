/** What only netlink tells of a listener, through ss(8). */
export type SsRow = {
  /** Of a TCP listener, how many connections may wait to be accepted. */
  readonly backlog: number;
  /** null where ss does not say. */
  readonly v6Only: boolean | null;
};

/** State, queues, and the two addresses that follow: `tcp LISTEN 0 128 [::]:22 [::]:* ino:1 sk:2 v6only:1 <->`. */
const ROW = /^(?:tcp|udp)\s+\S+\s+\d+\s+(\d+)\s+(\S+)\s+\S+\s(.*)$/;

/** Parses `ss -H -l -n -t -u -e` by inode. Lines that are no rows are skipped. */
export function parseSs(output: string): ReadonlyMap<number, SsRow> {
  const rows = new Map<number, SsRow>();
  for (const line of output.split('\n')) {
    const [, backlog, local = '', details = ''] = ROW.exec(line) ?? [];
    const inode = /(?:^|\s)ino:(\d+)/.exec(details)?.[1];
    if (inode === undefined) continue;
    rows.set(Number(inode), { backlog: Number(backlog), v6Only: v6OnlyOf(local, details) });
  }
  return rows;
}

/** Versions of ss without the word print `*` for a socket of both families. */
function v6OnlyOf(local: string, details: string): boolean | null {
  const word = /(?:^|\s)v6only:([01])/.exec(details)?.[1];
  if (word !== undefined) return word === '1';
  return local.startsWith('*') ? false : null;
}
