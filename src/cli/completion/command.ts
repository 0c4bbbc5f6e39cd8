import { Argument, Command } from 'commander';
import { ALL_CODES } from '../../domain/finding-code.ts';
import { listFlows } from '../catalogue/flow-files.ts';
import { print } from '../common/output.ts';
import { TOPICS } from '../help/topics.ts';
import { bashScript, zshScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { type CommandSpec, specOf } from './spec.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const satisfies Record<
  string,
  (specs: readonly CommandSpec[]) => string
>;

type Shell = keyof typeof SCRIPTS;

/** `netwhy completion SHELL` prints a script that completes every command's own options and values. */
export function completionCommand(program: () => Promise<Command>): Command {
  return new Command('completion')
    .description('print a completion script, for your shell to read at its start')
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(SCRIPTS)))
    .action(async (shell: Shell) => {
      const flows = (await listFlows()).map(({ name }) => name);
      const specs = specOf(await program(), { flows, codes: ALL_CODES, topics: ['topics', ...Object.keys(TOPICS)] });
      return print(SCRIPTS[shell](specs));
    });
}
