import type { Family } from '../../domain/address.ts';
import type { MachineFacts } from '../../domain/machine-facts.ts';
import type { Capability, Judged } from './capability.ts';

/** What the machine itself is and lets a user see. */
export const MACHINE_CAPABILITIES: readonly Capability[] = [
  { id: 'ipv4', group: 'machine', brings: [], judge: (facts) => judgeFamily(4, facts) },
  { id: 'ipv6', group: 'machine', brings: [], judge: (facts) => judgeFamily(6, facts) },
  {
    id: 'resolver',
    group: 'machine',
    brings: [],
    judge: ({ resolvers }) =>
      resolvers.length > 0
        ? full('found', resolvers.join(', '))
        : { state: 'missing', cause: 'no-resolver', detail: '', gives: [], grants: [] },
  },
  { id: 'owners', group: 'machine', brings: [], judge: judgeOwners },
  {
    id: 'time-exceeded',
    group: 'machine',
    brings: [],
    judge: ({ platform }) =>
      platform !== 'win32'
        ? null
        : { state: 'unknown', cause: 'firewall-unseen', detail: '', gives: [], grants: WINDOWS_RULES },
  },
];

/** Windows lets in no Time Exceeded by itself (netsh advfirewall; types of RFC 792 and RFC 4443). Not tried on Windows. */
const WINDOWS_RULES = (
  [
    ['allow-time-exceeded', 'netwhy', 'icmpv4:11,any'],
    ['allow-time-exceeded-6', 'netwhy6', 'icmpv6:3,any'],
  ] as const
).map(([purpose, name, protocol]) => ({
  purpose,
  command: `netsh advfirewall firewall add rule name=${name} dir=in action=allow ^\n  protocol=${protocol}`,
  undo: `netsh advfirewall firewall delete rule name=${name}`,
}));

function full(cause: Judged['cause'], detail: string): Judged {
  return { state: 'full', cause, detail, gives: [], grants: [] };
}

function judgeFamily(family: Family, { families }: MachineFacts): Judged {
  const state = families[family];
  switch (state) {
    case 'global':
      return full('seen', '');
    case 'link':
    case 'loopback':
      return { state: 'reduced', cause: 'no-address', detail: '', gives: [], grants: [] };
    case 'absent':
      return { state: 'missing', cause: 'no-family', detail: '', gives: [], grants: [] };
  }
}

/** Whose a socket is takes reading other users' /proc/PID/fd (ptrace(2), PTRACE_MODE_READ). */
function judgeOwners({ platform, hasPtrace, isRoot }: MachineFacts): Judged {
  const isAllowed = platform === 'linux' ? hasPtrace : isRoot;
  if (isAllowed === null) return { state: 'unknown', cause: 'owners-hidden', detail: '', gives: [], grants: [] };
  if (isAllowed) return full('seen', '');
  const grants = [{ purpose: 'run-as-root', command: 'sudo netwhy ports', undo: null }] as const;
  return { state: 'reduced', cause: 'owners-hidden', detail: '', gives: [], grants };
}
