import { Option } from 'commander';
import type { Engine } from '../../system/engine/ladder.ts';

/** What the commands that send probes have in common. */
export type ProbingOptions = { readonly engine: Engine };

/** The engines that `ping` and `trace` may be told to use. */
export const PROBING_ENGINES: readonly Engine[] = ['auto', 'raw', 'kernel', 'system'];

/** `--engine`, with the engines that a command may be told to use. */
export function engineOption(engines: readonly Engine[]): Option {
  return new Option('--engine <name>', 'which engine measures').choices(engines).default('auto');
}
