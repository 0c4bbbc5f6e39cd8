import { Command } from 'commander';
import { nearest } from '../../flow/nearest.ts';
import { print } from '../common/output.ts';
import { UserError } from '../common/user-error.ts';
import { TOPICS } from './topics.ts';

/** `netwhy help`: of a topic, or of a command (`helpOf`), or what topics there are. */
export function helpCommand(commands: readonly string[], helpOf: (command: string | null) => Promise<string>): Command {
  const list = Object.entries(TOPICS).map(([name, { summary }]) => `  ${name.padEnd(12)} ${summary}`);
  return new Command('help')
    .description('what is told of more than one command: exit codes, vantages, engines, flows, formats')
    .argument('[topic]', 'a topic, or a command')
    .addHelpText('after', `\nTopics:\n${list.join('\n')}`)
    .action(async (asked: string | undefined) => {
      if (asked === undefined) return print(await helpOf(null));
      if (asked === 'topics') return print(`${list.join('\n')}\n`);
      const topic = Object.hasOwn(TOPICS, asked) ? TOPICS[asked] : undefined;
      if (topic !== undefined) return print(`${topic.text}\n`);
      if (commands.includes(asked)) return print(await helpOf(asked));
      const near = nearest(asked, [...Object.keys(TOPICS), ...commands]);
      throw new UserError(
        `there is no topic ${JSON.stringify(asked)}.`,
        near === null ? 'netwhy help topics lists them.' : `Did you mean ${near}?`,
      );
    });
}
