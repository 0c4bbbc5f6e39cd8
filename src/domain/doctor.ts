import type { FindingCode } from './finding-code.ts';

/** What can be measured, whichever engine or tool does it. */
export type Ability = 'echo' | 'sizes' | 'trace' | 'errors' | 'connect' | 'neighbours6' | 'remote-sockets';

/** `full`: does all it is there for. `unknown`: cannot be found out from here. */
export type CapabilityState = 'full' | 'reduced' | 'missing' | 'unknown';

export const CAPABILITY_IDS = [
  'raw',
  'kernel',
  'system',
  'sockets',
  'ping',
  'traceroute',
  'mtr-packet',
  'tracepath',
  'tracert',
  'ip',
  'ss',
  'owners',
  'ipv4',
  'ipv6',
  'resolver',
  'time-exceeded',
  'ssh',
  'docker',
  'kubectl',
] as const;

export type CapabilityId = (typeof CAPABILITY_IDS)[number];

/** Why a capability is in the state that it is in; each has a sentence in every language. */
export type Cause =
  | 'answered'
  | 'found'
  | 'seen'
  | 'not-linux'
  | 'not-installed'
  | 'not-built'
  | 'no-prebuilt'
  | 'other-abi'
  | 'broken'
  | 'not-permitted'
  | 'no-new-privileges'
  | 'ping-group-closed'
  | 'lacks-probes'
  | 'no-tools'
  | 'not-opened'
  | 'loopback-silent'
  | 'one-family-silent'
  | 'tool-missing'
  | 'owners-hidden'
  | 'no-address'
  | 'no-family'
  | 'no-resolver'
  | 'firewall-unseen';

/** What a command that grants something does; each has a sentence in every language. */
export type Purpose =
  | 'run-as-root'
  | 'capability-on-copy'
  | 'container-capability'
  | 'open-ping-group'
  | 'open-ping-group-container'
  | 'keep-ping-group'
  | 'install-compiler'
  | 'build-addon'
  | 'install-addon'
  | 'install-package'
  | 'allow-time-exceeded'
  | 'allow-time-exceeded-6'
  | 'loopback-up';

/** `undo` null: nothing to undo. */
export type Grant = { readonly purpose: Purpose; readonly command: string; readonly undo: string | null };

export type Examined = {
  readonly id: CapabilityId;
  readonly group: 'engine' | 'tool' | 'machine' | 'vantage';
  readonly state: CapabilityState;
  readonly cause: Cause;
  /** What the sentence of the cause names: an address, a path, an errno name; empty where it names nothing. */
  readonly detail: string;
  /** Codes that cannot be decided, and those that can only be likely, for want of it: what nothing else here makes up for. */
  readonly undecided: readonly FindingCode[];
  readonly unsure: readonly FindingCode[];
  readonly grants: readonly Grant[];
};

/** `full`: every engine is. `nothing`: no engine measures anything. */
export type Checkup = {
  readonly verdict: 'full' | 'reduced' | 'nothing';
  readonly examined: readonly Examined[];
  /** What is lost on this machine, over all that is missing. */
  readonly undecided: readonly FindingCode[];
  readonly unsure: readonly FindingCode[];
};
