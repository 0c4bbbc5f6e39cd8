import type { WatchRequest } from '../../domain/witness.ts';
import { tcpdumpArguments } from '../../evidence/capture-words.ts';
import { reader, WINDOW_S } from './capture.ts';

/** Said when the probes may leave: by what captures, and where nothing does. */
export const READY = /^(?:tcpdump: )?listening on |^== nocapture$/m;
/** Begins the last look: what is sent after it was not watched. */
export const LAST_LOOK = '\n== net2\n';

const MOST_RULE_BYTES = 400_000;

/**
 * What is run on a machine to see what becomes of our probes, as text for a POSIX shell. Every line only reads. Three
 * looks at the counters and rules of the kernel, some quiet and then the window apart; a capture in the window. It
 * ends by itself whatever becomes of the connection, and everything that might hang has a limit of its own.
 */
export function witnessScript(request: WatchRequest): string {
  const tcpdump = tcpdumpArguments(request).map((word) => `'${word}'`);
  const isRead = request.watched.protocol !== 'icmp';
  return `PATH=$PATH:/usr/sbin:/sbin LC_ALL=C; export PATH LC_ALL; trap '' PIPE HUP
has() { command -v "$1" >/dev/null 2>&1; }
part() { echo; echo "== $1"; }
show() { if [ -r "$1" ]; then while IFS= read -r line; do echo "$line"; done <"$1"; fi; }
# A number below /proc/sys is there for one read alone, and a shell reads byte by byte.
right=none; as=
if has id && [ "$(id -u)" = 0 ]; then right=root
elif has sudo && has timeout && timeout -k 1 2 sudo -n true 2>/dev/null; then right=sudo; as='sudo -n'; fi
if has timeout && has head; then limits=yes; else limits=no; fi
part right; echo "$right $limits"
can() { [ "$right" != none ] && [ $limits = yes ] && has "$1"; }
skip=
dump() { at=$1 name=$2; shift 2; part "$name$at"; can "$1" || return
  case $skip in *" $name "*) echo '-- same'; return;; esac
  got=$({ $as timeout -k 1 2 "$@" 2>/dev/null; echo "-- rc $?"; } | head -c ${MOST_RULE_BYTES}); printf '%s\n' "$got"
  case $got in *drop*|*reject*|*DROP*|*REJECT*) ;; *) skip="$skip $name ";; esac; }
look() {
  part "net$1"; for file in snmp snmp6 netstat; do show /proc/net/$file; done
  part "conntrack$1"; for name in count max; do echo "$name $(cat /proc/sys/net/netfilter/nf_conntrack_$name 2>/dev/null)"; done; show /proc/net/stat/nf_conntrack
  dump "$1" nft nft -n -a list ruleset; dump "$1" iptables ${request.family === 4 ? 'iptables-save' : 'ip6tables-save'} -c
}
look 0
if has sleep; then sleep 0.3 2>/dev/null || sleep 1; fi
look 1
captured=no
# 124: it was ended when its time was over; anything else is a program that would not start.
over() { case $? in 0|124|137) captured=yes;; esac; }
if can tcpdump; then part tcpdump; $as timeout -k 1 ${WINDOW_S} tcpdump ${tcpdump.join(' ')} 2>&1; over; fi
if [ $captured = no ] && ${isRead ? 'can python3' : 'false'}; then part python3; $as timeout -k 1 ${2 * WINDOW_S} python3 -c '${reader(request)}' 2>&1; over; fi
if [ $captured = no ] && has sleep; then part nocapture; sleep ${WINDOW_S} 2>/dev/null || sleep 2; fi
look 2
part end`;
}
