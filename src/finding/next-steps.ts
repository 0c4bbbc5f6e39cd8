import type { Family } from '../domain/address.ts';
import type { Facts } from '../domain/fact.ts';
import type { NextStep } from '../domain/report.ts';
import type { Language, Owner, Where } from '../domain/verdict.ts';
import type { Evidence } from '../evidence/kinds.ts';
import { DISTANCES, type Distance, PLATFORMS, type Platform, type Remedy } from './entry.ts';
import { fill, UNKNOWN } from './fill.ts';
import { fillCommand } from './fill-command.ts';

export type StepOptions = {
  readonly facts: Facts;
  readonly lang: Language;
  readonly family: Family | null;
  readonly protocol: 'tcp' | 'udp';
  readonly where: Where | null;
  /** Platforms of this machine, the most telling first. */
  readonly platforms: readonly string[];
  /** Whether the target is this machine. */
  readonly isLocal: boolean;
  /** Who has to act, and who would if it is one of the alternatives. */
  readonly owner: Owner;
  readonly otherOwners: readonly Owner[];
  readonly evidence: Evidence;
};

/** Systems of which a machine is one and not another. Clouds and containers may be there besides. */
const SYSTEMS: Readonly<Partial<Record<Platform, 'linux' | 'windows' | 'macos'>>> = {
  linux: 'linux',
  nftables: 'linux',
  iptables: 'linux',
  ufw: 'linux',
  firewalld: 'linux',
  windows: 'windows',
  macos: 'macos',
};

const RISKS = ['none', 'reversible', 'irreversible'] as const;

/**
 * The remedies that no evidence contradicts, none cut for their number. First those at the place where the cause was
 * measured; there those for every platform and for the detected ones; of a platform what only looks before what
 * changes, and what cannot be undone last.
 */
export function nextSteps(remedies: readonly Remedy[], options: StepOptions): readonly NextStep[] {
  return remedies
    .map((remedy) => ({ ...remedy, at: placeOf(remedy, options) }))
    .filter((remedy) => applies(remedy, options))
    .map((remedy) => ({ remedy, ranks: ranksOf(remedy, options) }))
    .toSorted((a, b) => compare(a.ranks, b.ranks))
    .map(({ remedy }) => stepOf(remedy, options));
}

/** A target that is this machine is one place with it, by the name that the owner has. */
function placeOf({ at = 'unknown' }: Remedy, { isLocal, owner }: StepOptions): Owner {
  const isHere = (place: Owner) => place === 'this-machine' || place === 'target';
  return isLocal && isHere(at) && isHere(owner) ? owner : at;
}

/** Whose doing it may be, as far as the evidence tells; null where it excludes nobody. */
export function possibleOwners({ owner, otherOwners }: Pick<StepOptions, 'owner' | 'otherOwners'>) {
  if (owner === 'unknown' || owner === 'nobody') return null;
  const owners = new Set<Owner>([owner, ...otherOwners.filter((other) => other !== 'unknown' && other !== 'nobody')]);
  // The service runs on the target, and nobody but who runs the one can look at the other.
  if (owners.has('service')) owners.add('target');
  if (owners.has('target')) owners.add('service');
  return owners;
}

function applies(remedy: Remedy, options: StepOptions): boolean {
  const { family, protocol, when = {} } = remedy;
  const { facts, evidence } = options;
  const { place = DISTANCES, known = [], unknown = [], measured = [], unmeasured = [] } = when;
  return (
    (family === undefined || options.family === null || family === options.family) &&
    (protocol === undefined || protocol === options.protocol) &&
    isAtPossiblePlace(remedy, options) &&
    isOfSystem(remedy, options) &&
    place.includes(distanceOf(options.where)) &&
    known.every((name) => facts[name] !== UNKNOWN) &&
    unknown.every((name) => facts[name] === UNKNOWN) &&
    measured.every((kind) => evidence[kind] !== undefined) &&
    unmeasured.every((kind) => evidence[kind] === undefined)
  );
}

function isAtPossiblePlace({ at = 'unknown', when }: Remedy, options: StepOptions): boolean {
  const possible = possibleOwners(options);
  if (possible === null)
    return when?.owner === undefined || when.owner.includes(options.owner) || options.owner === 'unknown';
  if (when?.owner !== undefined) return when.owner.some((owner) => possible.has(owner));
  return at === 'unknown' || at === 'nobody' || possible.has(at);
}

function distanceOf(where: Where | null): Distance {
  const hop = where?.hop ?? null;
  if (hop === null) return 'unplaced';
  return hop === 0 ? 'here' : hop === 1 ? 'first-hop' : 'beyond';
}

/** What a remedy of another system than the machine's could do there. */
function isOfSystem(remedy: Remedy, options: StepOptions): boolean {
  const wanted = SYSTEMS[remedy.platform];
  const there = platformsAt(remedy, options).flatMap((platform) => SYSTEMS[platform as Platform] ?? []);
  return wanted === undefined || there.length === 0 || there.includes(wanted);
}

/** What is known of the machine where a remedy is done. */
function platformsAt({ at }: Remedy, { platforms, isLocal }: StepOptions): readonly string[] {
  const isHere = at === 'this-machine' || (isLocal && (at === 'target' || at === 'service'));
  return isHere ? platforms : [];
}

function ranksOf(remedy: Remedy, options: StepOptions): readonly number[] {
  const { at = 'unknown', platform, risk, command } = remedy;
  const here = platformsAt(remedy, options);
  const place = at === options.owner ? 0 : at === 'unknown' ? 1 : 2;
  const isFirst = platform === 'any' || platform === 'network' || here[0] === platform;
  const detected = here.indexOf(platform);
  const rank = isFirst ? 0 : 1 + (detected < 0 ? here.length + PLATFORMS.indexOf(platform) : detected);
  return [risk === 'irreversible' ? 1 : 0, place, rank, command === null ? 0 : RISKS.indexOf(risk)];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, rank] of a.entries()) {
    const other = b[index] ?? 0;
    if (rank !== other) return rank - other;
  }
  return 0;
}

function stepOf(remedy: Remedy, { facts, lang }: StepOptions): NextStep {
  const shell = remedy.platform === 'windows' ? 'powershell' : 'posix';
  const filled = (command: string | null) => (command === null ? null : fillCommand(command, facts, shell));
  return {
    title: fill(remedy.title[lang], facts),
    platform: remedy.platform,
    command: filled(remedy.command),
    check: filled(remedy.check),
    risk: remedy.risk,
    undo: filled(remedy.undo),
    at: remedy.at ?? 'unknown',
  };
}
