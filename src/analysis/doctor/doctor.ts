import type { Ability, Checkup } from '../../domain/doctor.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import type { MachineFacts } from '../../domain/machine-facts.ts';
import { COST_WITHOUT } from './ability-codes.ts';
import type { Capability } from './capability.ts';
import { ENGINE_CAPABILITIES } from './engines.ts';
import { MACHINE_CAPABILITIES } from './machine.ts';
import { TOOL_CAPABILITIES } from './tools.ts';

const CAPABILITIES: readonly Capability[] = [...ENGINE_CAPABILITIES, ...MACHINE_CAPABILITIES, ...TOOL_CAPABILITIES];

/** Judges everything that matters to netwhy on a machine, engines first. Pure. */
export function examine(facts: MachineFacts): Checkup {
  const judged = CAPABILITIES.flatMap((capability) => {
    const found = capability.judge(facts);
    return found === null ? [] : [{ capability, found }];
  });
  const given = new Set(judged.flatMap(({ found }) => found.gives));
  const isLost = (ability: Ability): boolean => !given.has(ability);
  const lost = [...new Set(judged.flatMap(({ capability }) => capability.brings))].filter(isLost);
  const engines = judged.filter(({ capability }) => capability.group === 'engine');
  const verdict = engines.every(({ found }) => found.state === 'full')
    ? 'full'
    : engines.every(({ found }) => found.state === 'missing')
      ? 'nothing'
      : 'reduced';
  return {
    verdict,
    ...costOf(lost),
    examined: judged.map(({ capability: { id, group, brings }, found: { state, cause, detail, grants } }) => ({
      id,
      group,
      state,
      cause,
      detail,
      ...costOf(brings.filter(isLost)),
      grants,
    })),
  };
}

function costOf(abilities: readonly Ability[]): Pick<Checkup, 'undecided' | 'unsure'> {
  const undecided = new Set<FindingCode>(abilities.flatMap((ability) => COST_WITHOUT[ability].undecided));
  const unsure = abilities.flatMap((ability) => COST_WITHOUT[ability].unsure);
  return { undecided: [...undecided], unsure: [...new Set(unsure)].filter((code) => !undecided.has(code)) };
}
