import type { ConnectAttempt } from '../../domain/evidence.ts';
import type { Connector, ConnectRequest } from '../../domain/ports.ts';
import { udpQuestionFor } from '../../domain/udp-question.ts';
import { udpPayload } from '../connect/udp-payload.ts';
import { endingOf } from '../connect/verdict.ts';
import type { RunTool, ToolResult } from '../process/run-tool.ts';
import type { Introduction } from './introduction.ts';

/** What one attempt said, whichever tool made it; `error` is an errno name. */
type Said =
  | { readonly kind: 'open'; readonly ms: number | null; readonly dropped: ConnectAttempt['dropped'] }
  | { readonly kind: 'error'; readonly ms: number | null; readonly error: string }
  | { readonly kind: 'silent' };

/** Starting a shell and an interpreter on a busy far side, beyond what the network is waited for. */
const START_MS = 3000;

/** Prints `open MS -|closed|reset`, `error MS ERRNO` or `silent`. */
const PYTHON = `import sys,socket,time,errno
a,p,k,t,w,d=sys.argv[1:7]
i=socket.getaddrinfo(a,int(p),0,socket.SOCK_STREAM if k=="tcp" else socket.SOCK_DGRAM,0,socket.AI_NUMERICHOST)[0]
s=socket.socket(i[0],i[1]);s.settimeout(float(t));b=time.time()
ms=lambda:round((time.time()-b)*1000,3)
try:
  s.connect(i[4])
  if k=="udp":
    s.send(bytes.fromhex(d));s.recv(65535);print("open",ms(),"-");sys.exit()
except socket.timeout: print("silent");sys.exit()
except OSError as e: print("error",ms(),errno.errorcode.get(e.errno,"UNKNOWN"));sys.exit()
m=ms();r="-"
try:
  s.settimeout(max(float(w),0.001))
  if not s.recv(1): r="closed"
except socket.timeout: pass
except OSError: r="reset"
print("open",m,r)`;

/** The same for TCP, in the words of bash(1): the path /dev/tcp is its own. EPOCHREALTIME came with version 5. */
const BASH = `b=\${EPOCHREALTIME/./}; exec 3<>"/dev/tcp/$0/$1" || exit 1; e=\${EPOCHREALTIME/./}
m=-; [ -n "$b" ] && m=$(((e-b)/1000)).$(((e-b)%1000)); r=-
IFS= read -r -t "$2" -n 1 -u 3 x; c=$?; [ $c -gt 0 ] && [ $c -le 128 ] && r=closed; echo "open $m $r"`;

const TIMED_OUT = 124;

/** connect() on a vantage, by python3, bash or nc, whichever is there; null where none of them is. */
export function vantageConnector(run: RunTool, { hasTool, owns }: Introduction): Connector | null {
  const attempt = hasTool('python3')
    ? byPython
    : hasTool('bash') && hasTool('timeout')
      ? byBash
      : hasTool('nc')
        ? byNetcat
        : null;
  if (attempt === null) return null;
  return {
    icmpSeen: false,
    connect: async (request, signal) => {
      const { address, port, protocol, timeoutMs } = request;
      const said = await attempt(run, request, signal);
      const ms = said.kind === 'silent' ? timeoutMs : (said.ms ?? 0);
      const common = { address, port, protocol, ms, ...(protocol === 'udp' && { asked: udpQuestionFor(port) }) };
      if (said.kind === 'open') return { ...common, state: 'open', error: null, icmp: null, dropped: said.dropped };
      const errno = said.kind === 'error' ? said.error : null;
      return { ...common, ...endingOf({ protocol, address, errno, heard: null, routeRefusal: null, owns }) };
    },
  };
}

async function byPython(run: RunTool, request: ConnectRequest, signal: AbortSignal): Promise<Said> {
  const { address, port, protocol, timeoutMs, watchMs } = request;
  const payload = protocol === 'udp' ? Buffer.from(udpPayload(udpQuestionFor(port), address)).toString('hex') : '';
  const times = [String(timeoutMs / 1000), String(watchMs / 1000)];
  const args = ['-c', PYTHON, address, String(port), protocol, ...times, payload];
  const ran = await run('python3', args, { signal, timeoutMs: timeoutMs + watchMs + START_MS });
  return saidBy(ran, '');
}

async function byBash(run: RunTool, request: ConnectRequest, signal: AbortSignal): Promise<Said> {
  const { address, port, protocol, timeoutMs, watchMs } = request;
  if (protocol === 'udp') return cannot();
  const seconds = String((timeoutMs + watchMs) / 1000);
  const args = [seconds, 'bash', '-c', BASH, address, String(port), String(Math.max(watchMs, 1) / 1000)];
  const ran = await run('timeout', args, { signal, timeoutMs: timeoutMs + watchMs + START_MS });
  return saidBy(ran, ran.kind === 'done' ? ran.stderr : '');
}

async function byNetcat(run: RunTool, request: ConnectRequest, signal: AbortSignal): Promise<Said> {
  const { address, port, protocol, timeoutMs } = request;
  if (protocol === 'udp') return cannot();
  const args = ['-v', '-z', '-n', '-w', String(Math.max(1, Math.ceil(timeoutMs / 1000))), address, String(port)];
  const ran = await run('nc', args, { signal, timeoutMs: timeoutMs + START_MS });
  if (ran.kind === 'done' && ran.exitCode === 0) return { kind: 'open', ms: null, dropped: null };
  return saidBy(ran, ran.kind === 'done' ? ran.stderr : '');
}

/** Without an interpreter no datagram can be told from its silence. */
function cannot(): Said {
  return { kind: 'error', ms: null, error: 'EOPNOTSUPP' };
}

function saidBy(ran: ToolResult, complaint: string): Said {
  if (ran.kind !== 'done')
    return ran.kind === 'failed' ? { kind: 'error', ms: null, error: ran.code } : { kind: 'silent' };
  const [kind, msText = '', word = ''] = ran.stdout.trim().split(' ');
  const ms = /^\d{1,9}(?:\.\d{1,6})?$/.test(msText) ? Number(msText) : null;
  if (kind === 'silent' || ran.exitCode === TIMED_OUT) return { kind: 'silent' };
  if (kind === 'open') return { kind, ms, dropped: word === 'closed' || word === 'reset' ? word : null };
  if (kind === 'error') return { kind, ms, error: /^E[A-Z]{2,20}$/.test(word) ? word : 'UNKNOWN' };
  return complaintOf(complaint);
}

/** strerror(3) of the C locale. */
const COMPLAINTS: readonly (readonly [RegExp, string])[] = [
  [/refused/i, 'ECONNREFUSED'],
  [/no route to host|host is unreachable/i, 'EHOSTUNREACH'],
  [/network is (?:unreachable|down)/i, 'ENETUNREACH'],
  [/permission denied/i, 'EACCES'],
  [/operation not permitted/i, 'EPERM'],
  [/cannot assign requested address/i, 'EADDRNOTAVAIL'],
  [/timed? ?out/i, 'ETIMEDOUT'],
];

function complaintOf(text: string): Said {
  const error = COMPLAINTS.find(([says]) => says.test(text))?.[1] ?? 'UNKNOWN';
  return { kind: 'error', ms: null, error };
}
