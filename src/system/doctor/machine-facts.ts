import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { type Family, familyOf } from '../../domain/address.ts';
import { shellLine } from '../../domain/command-line.ts';
import {
  type Distribution,
  type FamilyState,
  type MachineFacts,
  TOOL_NAMES,
  type ToolName,
} from '../../domain/machine-facts.ts';
import type { Clock } from '../../domain/ports.ts';
import { systemResolver } from '../dns/resolver.ts';
import { usableAddresses } from '../host/interfaces/machine-interfaces.ts';
import { findOnPath } from '../process/find-on-path.ts';
import { findTool } from '../process/run-tool.ts';
import { mayNetRaw, mayPtrace, type ProcessStatus, parseProcessStatus } from '../sockets/process-status.ts';
import { engineFacts } from './engine-facts.ts';

const DISTRIBUTIONS: readonly (readonly [RegExp, Distribution])[] = [
  [/^(debian|ubuntu)$/u, 'debian'],
  [/^(fedora|rhel|centos|amzn)$/u, 'rpm'],
  [/^(suse|opensuse.*|sles)$/u, 'suse'],
  [/^alpine$/u, 'alpine'],
  [/^arch$/u, 'arch'],
];
/** The user's own programs, that PATH names; the others are the system's. */
const OWN_TOOLS: ReadonlySet<ToolName> = new Set(['ssh', 'docker', 'kubectl', 'c++', 'make', 'python3']);
/** The line of a user namespace that is none: all ids are mapped to themselves (user_namespaces(7)). */
const ALL_IDS = /^\s*0\s+0\s+4294967295\s*$/u;

/** Gathers what doctor judges. Sends nothing but to loopback, changes nothing, never rejects. */
export async function machineFacts(clock: Clock, packageFolder: string): Promise<MachineFacts> {
  const [status, release, range, idMap, families, resolvers, tools, engines, container] = await Promise.all([
    textOf('/proc/self/status').then((text) => parseProcessStatus(text ?? '')),
    textOf('/etc/os-release'),
    textOf('/proc/sys/net/ipv4/ping_group_range'),
    textOf('/proc/self/uid_map'),
    familyStates(),
    systemResolver.servers(),
    foundTools(),
    engineFacts(clock),
    containerOf(process.env),
  ]);
  return {
    platform: process.platform,
    distribution: distributionOf(release ?? ''),
    nodeVersion: process.version,
    packageFolder: shellLine([packageFolder]),
    isRoot: process.geteuid === undefined ? null : process.geteuid() === 0,
    hasNetRaw: mayNetRaw(status.capabilities),
    mayGainNetRaw: status.noNewPrivileges ? false : mayNetRaw(status.bounding),
    hasPtrace: mayPtrace(status.capabilities),
    noNewPrivileges: status.noNewPrivileges,
    pingGroups: pingGroupsOf(range ?? '', status),
    container,
    isUserNamespace: idMap === null ? null : !ALL_IDS.test(idMap),
    families,
    resolvers,
    tools,
    engines,
  };
}

/** The family of a distribution from os-release(5), by its own name or one that it says it is like. */
export function distributionOf(release: string): Distribution | null {
  const names = [...release.matchAll(/^(?:ID|ID_LIKE)=["']?([^"'\n]*)["']?$/gmu)].flatMap(([, value = '']) =>
    value.split(' '),
  );
  for (const name of names) {
    const found = DISTRIBUTIONS.find(([pattern]) => pattern.test(name));
    if (found !== undefined) return found[1];
  }
  return null;
}

/** The range of group ids that may open datagram ICMP sockets (icmp(7)). */
export function pingGroupsOf(text: string, { groups }: ProcessStatus): MachineFacts['pingGroups'] {
  const numbers = /^(\d+)\s+(\d+)\s*$/u.exec(text);
  if (numbers === null) return null;
  const [first, last] = [Number(numbers[1]), Number(numbers[2])];
  return { first, last, isCovered: groups.some((group) => group >= first && group <= last) };
}

async function familyStates(): Promise<Readonly<Record<Family, FamilyState>>> {
  const usable = await usableAddresses();
  const loopback = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  const stateOf = (family: Family): FamilyState => {
    const own = usable.filter((address) => address.family === family);
    if (own.some(({ scope }) => scope === 'global')) return 'global';
    if (own.length > 0) return 'link';
    return loopback.some(({ address }) => familyOf(address) === family) ? 'loopback' : 'absent';
  };
  return { 4: stateOf(4), 6: stateOf(6) };
}

async function foundTools(): Promise<MachineFacts['tools']> {
  const path = process.env['PATH'] ?? '';
  const found = await Promise.all(
    TOOL_NAMES.map(
      async (name) => [name, await (OWN_TOOLS.has(name) ? findOnPath(name, path) : findTool(name))] as const,
    ),
  );
  return Object.fromEntries(found.filter(([, place]) => place !== null));
}

async function containerOf(env: NodeJS.ProcessEnv): Promise<MachineFacts['container']> {
  if (env['KUBERNETES_SERVICE_HOST']) return 'kubernetes';
  const [docker, podman] = await Promise.all([textOf('/.dockerenv'), textOf('/run/.containerenv')]);
  if (docker !== null) return 'docker';
  if (podman !== null) return 'podman';
  return env['container'] === 'lxc' ? 'lxc' : null;
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}
