import type { SocketsWanted } from '../../domain/socket.ts';

/** Names what follows, and lists the addresses that tell whether a machine is the one that was asked. */
export const ADDRESSES_SCRIPT = `PATH=$PATH:/usr/sbin:/sbin LC_ALL=C; export PATH LC_ALL
has() { command -v "$1" >/dev/null 2>&1; }
lines() { while IFS= read -r line; do echo "$line"; done; }
part() { echo; echo "== $1"; }
bound() { if has grep; then grep -E ' [0-9A-F]+:[0-9A-F]{4} (0A|07) ' "$1"; else lines <"$1"; fi; }
part system; uname -sm
part addresses
if has grep && [ -r /proc/net/fib_trie ]; then grep -B1 'host LOCAL' /proc/net/fib_trie
elif [ -r /proc/net/fib_trie ]; then lines </proc/net/fib_trie
elif has ip; then ip -o address show
elif has ifconfig; then ifconfig -a; fi
part inet6; if [ -r /proc/net/if_inet6 ]; then lines </proc/net/if_inet6; fi`;

/**
 * What is run on a vantage to see its sockets, as text for a POSIX shell. Every line only reads. ss(8) tells all; without
 * it, the kernel's own tables do (what Linux's netstat(8) prints, in full), with the processes from /proc/PID/fd; netstat
 * is for systems that have neither, and reads listeners alone.
 *
 * Each section begins with a line of its own, `== NAME`; the shell that runs it marks begin and end of the whole.
 */
export function socketsScript(wanted: SocketsWanted): string {
  const isAll = wanted === 'all';
  return `${ADDRESSES_SCRIPT}
part links; if has ip; then ip -o address show; ip -o link show; fi
part ss; if has ss && ss -H ${isAll ? '-a' : '-l'} -n -t -u -e -p; then part whole
elif [ -r /proc/net/tcp ]; then
  for name in tcp tcp6 udp udp6; do part $name; if [ -r /proc/net/$name ]; then ${isAll ? 'lines <' : 'bound '}/proc/net/$name; fi; done
  part fds; if has ls && has grep; then ls -l /proc/[0-9]*/fd | grep -E '^/proc/|socket:'; fi
  part names; for folder in /proc/[0-9]*; do if read -r name <$folder/comm; then echo "$folder $name"; fi; done
${isAll ? '' : 'elif has netstat; then part netstat; netstat -an\n'}fi
part counters; if has grep; then grep '^TcpExt:' /proc/net/netstat; fi
part end`;
}

/** The sections of the script's output; what stands before the first is none of it. */
export function sectionsOf(output: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  let name: string | null = null;
  let from = 0;
  for (const mark of output.matchAll(/^== ([a-z0-9]+)$/gm)) {
    if (name !== null) sections.set(name, output.slice(from, mark.index));
    name = mark[1] ?? '';
    from = mark.index + mark[0].length;
  }
  if (name !== null) sections.set(name, output.slice(from));
  return sections;
}
