import type { Family, IpAddress } from './address.ts';
import type { Method } from './evidence.ts';
import type { Probe, ProbeAbility } from './prober.ts';

/**
 * What loading an optional native package came to. `not-built`: the package is there without its addon (npm ran no install
 * script); `no-prebuilt`: it brings binaries, and none for this platform; `other-abi`: built for another Node.js.
 */
export type PackageState = 'loaded' | 'not-installed' | 'not-built' | 'no-prebuilt' | 'other-abi' | 'broken';

/** `detail` is the loader's own word, null where it loaded. */
export type PackageFacts = { readonly state: PackageState; readonly detail: string | null };

/** One real probe to this machine's own loopback address. `code` is an errno name; `rttMs` null where the engine cannot tell. */
export type LoopbackTrial = {
  readonly family: Family;
  readonly kind: Probe['kind'] | 'connect';
  readonly result:
    | { readonly kind: 'answered'; readonly rttMs: number | null }
    | { readonly kind: 'silent' }
    | { readonly kind: 'refused'; readonly code: string };
};

/** One rung of the ladder as it was found by trying it. */
export type EngineFacts = {
  readonly method: Method;
  /** The native package that it needs; null where it needs none. */
  readonly package: PackageFacts | null;
  /** Why it did not open; null where it did. `said`: the errno name, or what the library said; null for nothing. */
  readonly refusal: { readonly isPermission: boolean; readonly said: string | null } | null;
  /** What it cannot send here. */
  readonly lacks: readonly ProbeAbility[];
  readonly trials: readonly LoopbackTrial[];
};

export const TOOL_NAMES = [
  'ping',
  'traceroute',
  'tracepath',
  'tracert',
  'mtr-packet',
  'ip',
  'ss',
  'netstat',
  'ssh',
  'docker',
  'kubectl',
  'c++',
  'make',
  'python3',
] as const;

export type ToolName = (typeof TOOL_NAMES)[number];

/** The family of Linux distributions, by how it installs packages. */
export type Distribution = 'debian' | 'rpm' | 'alpine' | 'suse' | 'arch';

/** `loopback`: the family works on this machine and has no address that leads out of it. */
export type FamilyState = 'global' | 'link' | 'loopback' | 'absent';

/** What this machine has and allows, as far as netwhy's own measurements are concerned. Null: could not be read. */
export type MachineFacts = {
  readonly platform: string;
  readonly distribution: Distribution | null;
  readonly nodeVersion: string;
  /** The folder of the installed package, as one word for a shell. */
  readonly packageFolder: string;
  readonly isRoot: boolean | null;
  /** CAP_NET_RAW, and CAP_SYS_PTRACE (to see whose sockets they are), among the effective capabilities. */
  readonly hasNetRaw: boolean | null;
  readonly hasPtrace: boolean | null;
  /** Whether a program that is given CAP_NET_RAW as a file would have it when this user starts it. */
  readonly mayGainNetRaw: boolean | null;
  /** No program that this one starts may gain a right, file capabilities included. */
  readonly noNewPrivileges: boolean | null;
  /** net.ipv4.ping_group_range, and whether it covers a group of this user; null where there is no such setting. */
  readonly pingGroups: { readonly first: number; readonly last: number; readonly isCovered: boolean } | null;
  readonly container: 'docker' | 'podman' | 'kubernetes' | 'lxc' | null;
  readonly isUserNamespace: boolean | null;
  readonly families: Readonly<Record<Family, FamilyState>>;
  readonly resolvers: readonly IpAddress[];
  /** The absolute path of each tool that was found. */
  readonly tools: Readonly<Partial<Record<ToolName, string>>>;
  readonly engines: readonly EngineFacts[];
};
