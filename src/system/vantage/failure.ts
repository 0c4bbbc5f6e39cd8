import type { SocketsUnavailable } from '../../domain/evidence.ts';
import type { Obstacle, ObstacleCode } from '../../domain/obstacle.ts';
import { type FarVantage, vantageText } from '../../domain/vantage.ts';
import type { VantageEnd } from './end.ts';

type Failure = {
  readonly says: RegExp;
  readonly reason: SocketsUnavailable['reason'];
  readonly code: ObstacleCode;
};

/** What ssh(1) says; each text is that of OpenSSH 9.2, and of 7.x where it was another. */
const SSH: readonly Failure[] = [
  {
    says: /REMOTE HOST IDENTIFICATION HAS CHANGED|Offending \S+ key in/,
    reason: 'not-permitted',
    code: 'host-key-changed',
  },
  {
    says: /Host key verification failed|host key is known for .* and you have requested strict checking/,
    reason: 'not-permitted',
    code: 'host-key-unknown',
  },
  {
    says: /Permission denied|Too many authentication failures|[Nn]o more authentication methods/,
    reason: 'not-permitted',
    code: 'key-refused',
  },
  {
    says: /Could not resolve hostname/,
    reason: 'not-answered',
    code: 'ssh-name-unknown',
  },
  {
    says: /Connection refused/,
    reason: 'not-answered',
    code: 'ssh-refused',
  },
  {
    says: /Connection timed out|Operation timed out|Timeout, server|not responding/,
    reason: 'not-answered',
    code: 'ssh-timed-out',
  },
  {
    says: /No route to host|Network is unreachable|Host is down/,
    reason: 'not-answered',
    code: 'ssh-no-route',
  },
  {
    says: /kex_exchange_identification|ssh_exchange_identification|Connection closed by|Connection reset by|Broken pipe|closed by remote host|lost connection/,
    reason: 'not-answered',
    code: 'ssh-closed',
  },
  {
    says: /Unable to negotiate|no matching (?:host key|key exchange|cipher|MAC)/,
    reason: 'not-supported',
    code: 'ssh-no-algorithm',
  },
  {
    says: /Bad configuration option|Bad owner or permissions|terminating, \d+ bad configuration/,
    reason: 'not-supported',
    code: 'ssh-config-bad',
  },
];

const DOCKER: readonly Failure[] = [
  {
    says: /No such container|no such container/,
    reason: 'not-answered',
    code: 'container-unknown',
  },
  {
    says: /is not running|is paused|is restarting/,
    reason: 'not-answered',
    code: 'container-stopped',
  },
  {
    says: /permission denied/i,
    reason: 'not-permitted',
    code: 'docker-not-permitted',
  },
  {
    says: /Cannot connect to the Docker daemon|error during connect|docker daemon running/i,
    reason: 'not-answered',
    code: 'docker-silent',
  },
];

const KUBECTL: readonly Failure[] = [
  {
    says: /\(NotFound\)|pods? "[^"]*" not found/,
    reason: 'not-answered',
    code: 'pod-unknown',
  },
  {
    says: /container \S+ is not valid for pod|container not found|container name must be specified/,
    reason: 'not-answered',
    code: 'pod-without-container',
  },
  {
    says: /completed pod|unable to upgrade connection: container|pod does not have a host assigned|is not running|ContainerCreating/,
    reason: 'not-answered',
    code: 'pod-not-running',
  },
  {
    says: /\(Forbidden\)|is forbidden/,
    reason: 'not-permitted',
    code: 'pod-exec-forbidden',
  },
  {
    says: /Unauthorized|must be logged in|provide credentials|exec plugin|getting credentials/i,
    reason: 'not-permitted',
    code: 'kubectl-logged-out',
  },
  {
    says: /connection to the server .* was refused|Unable to connect to the server|no configuration has been provided|context .* does not exist|dial tcp|i\/o timeout/,
    reason: 'not-answered',
    code: 'cluster-silent',
  },
];

const NO_SHELL =
  /executable file not found|sh: (?:command )?not found|no such file or directory|This account is currently not available|command not found|exec failed|is not recognized as/i;
const MOST_QUOTED = 160;

/** Why nothing could be seen on a vantage. What the far side said is read, never trusted. */
export function explainEnd(end: VantageEnd, vantage: FarVantage): SocketsUnavailable {
  const place = vantageText(vantage);
  switch (end.kind) {
    case 'missing':
      return because('not-installed', { code: 'tool-missing', tool: end.tool });
    case 'failed':
      return because('not-supported', { code: 'tool-not-started', tool: vantage.kind, said: end.code });
    case 'cancelled':
      return because('not-answered', { code: 'run-over', place });
    case 'too-much-output':
      return because('not-answered', { code: 'vantage-too-much', place });
    case 'timed-out': {
      const known = failureOf(end.said, vantage);
      if (known !== undefined) return because(known.reason, { code: known.code, place });
      return because('not-answered', { code: end.spoke ? 'vantage-slow' : 'vantage-silent', place });
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
  if (known !== undefined && (vantage.kind !== 'ssh' || exitCode === 255)) {
    return because(known.reason, { code: known.code, place });
  }
  if (exitCode === 126 || exitCode === 127 || NO_SHELL.test(said)) {
    return because('not-supported', { code: 'vantage-without-shell', place });
  }
  const quoted = quote(said);
  return because('not-answered', {
    code: 'vantage-ended',
    tool: vantage.kind,
    place,
    ...(exitCode !== null && { count: exitCode }),
    ...(quoted !== '' && { said: quoted }),
  });
}

function because(reason: SocketsUnavailable['reason'], obstacle: Obstacle): SocketsUnavailable {
  return { reason, obstacles: [obstacle] };
}

function failureOf(said: string, { kind }: FarVantage): Failure | undefined {
  const list = kind === 'ssh' ? SSH : kind === 'docker' ? DOCKER : KUBECTL;
  return list.find(({ says }) => says.test(said));
}

/** The last line of what was said, bounded, and of plain characters only. */
function quote(said: string): string {
  const lines = said.split(/[\r\n]+/).map((line) => line.replace(/[^\x20-\x7e]+/g, ' ').trim());
  return (lines.findLast((line) => line !== '') ?? '').slice(0, MOST_QUOTED);
}
