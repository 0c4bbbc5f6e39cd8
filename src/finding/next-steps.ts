import type { Family } from '../domain/address.ts';
import type { Facts } from '../domain/fact.ts';
import type { NextStep } from '../domain/report.ts';
import type { Language } from '../domain/verdict.ts';
import { PLATFORMS, type Remedy } from './entry.ts';
import { fill } from './fill.ts';
import { fillCommand } from './fill-command.ts';

const MAX_STEPS = 12;

export type StepOptions = {
  readonly facts: Facts;
  readonly lang: Language;
  readonly family: Family | null;
  readonly protocol: 'tcp' | 'udp';
  readonly platforms: readonly string[];
};

/**
 * The remedies that fit the family and the transport: those of the detected platforms first, then the rest in the order
 * of PLATFORMS. Past twelve, the second and third remedies of other platforms are left out before the first ones, and
 * those of a detected platform never.
 */
export function nextSteps(remedies: readonly Remedy[], options: StepOptions): readonly NextStep[] {
  const order = [...new Set([...options.platforms, ...PLATFORMS])];
  const sorted = remedies
    .filter(({ family }) => family === undefined || options.family === null || family === options.family)
    .filter(({ protocol }) => protocol === undefined || protocol === options.protocol)
    .toSorted((a, b) => order.indexOf(a.platform) - order.indexOf(b.platform));
  const kept = new Set(mostTelling(sorted, options.platforms));
  return sorted.filter((remedy) => kept.has(remedy)).map((remedy) => stepOf(remedy, options));
}

function mostTelling(sorted: readonly Remedy[], detected: readonly string[]): readonly Remedy[] {
  const isDetected = ({ platform }: Remedy) => detected.includes(platform);
  const rank = (remedy: Remedy) => sorted.filter(({ platform }) => platform === remedy.platform).indexOf(remedy);
  const always = sorted.filter(isDetected);
  const others = sorted.filter((remedy) => !isDetected(remedy)).toSorted((a, b) => rank(a) - rank(b));
  return [...always, ...others.slice(0, Math.max(0, MAX_STEPS - always.length))];
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
  };
}
