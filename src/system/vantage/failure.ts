import type { SocketsUnavailable } from '../../domain/evidence.ts';
import { type FarVantage, vantageText } from '../../domain/vantage.ts';
import type { VantageEnd } from './end.ts';

type Failure = {
  readonly says: RegExp;
  readonly reason: SocketsUnavailable['reason'];
  /** What happened and what would help; `place` is the host, container or pod. */
  readonly hint: (place: string) => string;
};

/** What ssh(1) says; each text is that of OpenSSH 9.2, and of 7.x where it was another. */
const SSH: readonly Failure[] = [
  {
    says: /REMOTE HOST IDENTIFICATION HAS CHANGED|Offending \S+ key in/,
    reason: 'not-permitted',
    hint: (place) =>
      `ssh refuses ${place}: its host key is not the one in known_hosts. It was set up anew, or something answers in its place: compare the key before you trust it`,
  },
  {
    says: /Host key verification failed|host key is known for .* and you have requested strict checking/,
    reason: 'not-permitted',
    hint: (place) =>
      `ssh does not know the host key of ${place}: connect once by hand (ssh ${place}), compare the key and accept it`,
  },
  {
    says: /Permission denied|Too many authentication failures|[Nn]o more authentication methods/,
    reason: 'not-permitted',
    hint: (place) =>
      `${place} did not accept your key: ssh ${place} must work without a password (ssh-add, or IdentityFile in ssh_config)`,
  },
  {
    says: /Could not resolve hostname/,
    reason: 'not-answered',
    hint: (place) => `ssh cannot resolve ${place}: name it as ssh_config or DNS does`,
  },
  {
    says: /Connection refused/,
    reason: 'not-answered',
    hint: (place) => `${place} refused the connection: no ssh server listens there, or on another port`,
  },
  {
    says: /Connection timed out|Operation timed out|Timeout, server|not responding/,
    reason: 'not-answered',
    hint: (place) => `the ssh connection to ${place} timed out: it is down, or a firewall drops it`,
  },
  {
    says: /No route to host|Network is unreachable|Host is down/,
    reason: 'not-answered',
    hint: (place) => `ssh has no way to ${place}: it is down, or no route leads there`,
  },
  {
    says: /kex_exchange_identification|ssh_exchange_identification|Connection closed by|Connection reset by|Broken pipe|closed by remote host|lost connection/,
    reason: 'not-answered',
    hint: (place) => `${place} closed the ssh connection: look there at the log of sshd`,
  },
  {
    says: /Unable to negotiate|no matching (?:host key|key exchange|cipher|MAC)/,
    reason: 'not-supported',
    hint: (place) => `ssh and ${place} have no algorithm in common: one of them is too old`,
  },
  {
    says: /Bad configuration option|Bad owner or permissions|terminating, \d+ bad configuration/,
    reason: 'not-supported',
    hint: () => 'ssh does not accept your ssh_config: ssh -G HOST says what is wrong with it',
  },
];

const DOCKER: readonly Failure[] = [
  {
    says: /No such container|no such container/,
    reason: 'not-answered',
    hint: (place) => `docker knows no container ${place}: docker ps lists them`,
  },
  {
    says: /is not running|is paused|is restarting/,
    reason: 'not-answered',
    hint: (place) => `the container ${place} is not running: docker ps -a shows its state`,
  },
  {
    says: /permission denied/i,
    reason: 'not-permitted',
    hint: () => 'you may not use docker on this machine: the group docker, or root, may',
  },
  {
    says: /Cannot connect to the Docker daemon|error during connect|docker daemon running/i,
    reason: 'not-answered',
    hint: () => 'the docker daemon does not answer: docker info says more',
  },
];

const KUBECTL: readonly Failure[] = [
  {
    says: /\(NotFound\)|pods? "[^"]*" not found/,
    reason: 'not-answered',
    hint: (place) => `the cluster has no pod ${place}: kubectl get pods lists them; the namespace may be another`,
  },
  {
    says: /container \S+ is not valid for pod|container not found|container name must be specified/,
    reason: 'not-answered',
    hint: (place) => `${place} has no such container: kubectl describe pod lists them`,
  },
  {
    says: /completed pod|unable to upgrade connection: container|pod does not have a host assigned|is not running|ContainerCreating/,
    reason: 'not-answered',
    hint: (place) => `the pod ${place} is not running: kubectl get pod shows its state`,
  },
  {
    says: /\(Forbidden\)|is forbidden/,
    reason: 'not-permitted',
    hint: () => 'the cluster does not let you run a command in that pod (pods/exec): ask for the role',
  },
  {
    says: /Unauthorized|must be logged in|provide credentials|exec plugin|getting credentials/i,
    reason: 'not-permitted',
    hint: () => 'kubectl is not logged in to the cluster: kubectl auth whoami says more',
  },
  {
    says: /connection to the server .* was refused|Unable to connect to the server|no configuration has been provided|context .* does not exist|dial tcp|i\/o timeout/,
    reason: 'not-answered',
    hint: () => 'the cluster does not answer: kubectl cluster-info says more; the context may be another',
  },
];

const NO_SHELL =
  /executable file not found|sh: (?:command )?not found|no such file or directory|This account is currently not available|command not found|exec failed|is not recognized as/i;
const MOST_QUOTED = 160;

/** Why nothing could be seen on a vantage, in words for a person. What the far side said is read, never trusted. */
export function explainEnd(end: VantageEnd, vantage: FarVantage): SocketsUnavailable {
  const place = placeOf(vantage);
  switch (end.kind) {
    case 'missing':
      return { reason: 'not-installed', hint: `${end.tool} is not installed on this machine, or not on PATH.` };
    case 'failed':
      return { reason: 'not-supported', hint: `${vantage.kind} could not be started (${end.code}).` };
    case 'cancelled':
      return { reason: 'not-answered', hint: `the run ended before ${vantageText(vantage)} had answered.` };
    case 'too-much-output':
      return { reason: 'not-answered', hint: `${vantageText(vantage)} said far more than a socket table holds.` };
    case 'timed-out': {
      const known = failureOf(end.said, vantage);
      if (known !== undefined) return told(known, place);
      const hint = end.spoke
        ? `what was run on ${vantageText(vantage)} did not finish in time.`
        : `${vantageText(vantage)} did not answer in time.`;
      return { reason: 'not-answered', hint };
    }
    case 'ended':
      return explainEnded(end, vantage, place);
  }
}

function explainEnded(
  { exitCode, said }: Extract<VantageEnd, { kind: 'ended' }>,
  vantage: FarVantage,
  place: string,
): SocketsUnavailable {
  const known = failureOf(said, vantage);
  // What ssh itself could not do it tells with 255 (ssh(1)); with another code the connection was there.
  if (known !== undefined && (vantage.kind !== 'ssh' || exitCode === 255)) return told(known, place);
  if (exitCode === 126 || exitCode === 127 || NO_SHELL.test(said)) {
    return {
      reason: 'not-supported',
      hint: `${place} has no POSIX shell (sh) that you may use: run ss -ltnup there by another way.`,
    };
  }
  const quoted = quote(said);
  const how = exitCode === null ? 'a signal' : `exit code ${exitCode}`;
  return {
    reason: 'not-answered',
    hint: `${vantage.kind} to ${place} ended with ${how}${quoted === '' ? '' : `: ${quoted}`}.`,
  };
}

function failureOf(said: string, { kind }: FarVantage): Failure | undefined {
  const list = kind === 'ssh' ? SSH : kind === 'docker' ? DOCKER : KUBECTL;
  return list.find(({ says }) => says.test(said));
}

function told({ reason, hint }: Failure, place: string): SocketsUnavailable {
  return { reason, hint: `${hint(place)}.` };
}

function placeOf(vantage: FarVantage): string {
  switch (vantage.kind) {
    case 'ssh':
      return vantage.user === null ? vantage.host : `${vantage.user}@${vantage.host}`;
    case 'docker':
      return vantage.container;
    case 'kubectl':
      return vantage.pod;
  }
}

/** The last line of what was said, bounded, and of plain characters only. */
function quote(said: string): string {
  const lines = said.split(/[\r\n]+/).map((line) => line.replace(/[^\x20-\x7e]+/g, ' ').trim());
  return (lines.findLast((line) => line !== '') ?? '').slice(0, MOST_QUOTED);
}
