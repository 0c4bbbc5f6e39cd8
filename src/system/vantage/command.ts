import { podWords } from '../../domain/typed-command.ts';
import type { FarVantage } from '../../domain/vantage.ts';

/** The user's own program, found on PATH, and its arguments. */
export type VantageCommand = { readonly tool: 'ssh' | 'docker' | 'kubectl'; readonly args: readonly string[] };

/** `master`: carries the others, which come through its socket. */
export type SharedConnection = { readonly socket: string; readonly role: 'master' | 'guest' };

const LONGEST_CONNECT_S = 10;

/**
 * ssh_config(5) of the user stays in force (keys, agent, ProxyJump, known_hosts); what is added keeps
 * it from asking, from forwarding or delegating anything, from running anything here, from writing down keys, and from
 * staying behind.
 */
const SSH_OPTIONS = [
  'BatchMode=yes',
  'ClearAllForwardings=yes',
  'ForwardAgent=no',
  'ForwardX11=no',
  'GSSAPIDelegateCredentials=no',
  'Tunnel=no',
  'AddKeysToAgent=no',
  'UpdateHostKeys=no',
  // A host that is not known yet is not made known by a measurement, whatever the configuration accepts.
  'StrictHostKeyChecking=yes',
  'PermitLocalCommand=no',
  'RemoteCommand=none',
  'RequestTTY=no',
  'ServerAliveInterval=5',
  'ServerAliveCountMax=2',
  'LogLevel=ERROR',
] as const;

/** How a shell is started on a vantage that reads what to do from its standard input. */
export function vantageCommand(
  vantage: FarVantage,
  options: { readonly limitMs: number; readonly shared?: SharedConnection },
): VantageCommand {
  switch (vantage.kind) {
    case 'ssh': {
      const connectS = Math.min(LONGEST_CONNECT_S, Math.max(1, Math.ceil(options.limitMs / 1000)));
      const all = [...SSH_OPTIONS, `ConnectTimeout=${connectS}`, ...sharing(options.shared)];
      return {
        tool: 'ssh',
        args: ['-T', ...all.flatMap((option) => ['-o', option]), ...destination(vantage), 'sh'],
      };
    }
    case 'docker':
      return { tool: 'docker', args: ['exec', '--interactive', '--', vantage.container, 'sh'] };
    case 'kubectl':
      return { tool: 'kubectl', args: ['exec', '--stdin', ...podWords(vantage), '--', 'sh'] };
  }
}

/** A connection that the user shares already is used; none is left behind for others. */
function sharing(shared: SharedConnection | undefined): readonly string[] {
  if (shared === undefined) return ['ControlMaster=no'];
  return [
    `ControlMaster=${shared.role === 'master' ? 'yes' : 'no'}`,
    `ControlPath=${shared.socket}`,
    'ControlPersist=no',
  ];
}

function destination({ user, host, port }: Extract<FarVantage, { kind: 'ssh' }>): readonly string[] {
  return [...(user === null ? [] : ['-l', user]), ...(port === null ? [] : ['-p', String(port)]), '--', host];
}
