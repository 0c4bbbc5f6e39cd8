import { type Command, Help, type Option } from 'commander';
import { groupOf } from './groups.ts';

/** Behind the name of a command, an example that can be typed as it stands. */
export const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  netwhy: ['netwhy db1.example:5432'],
  check: ['netwhy check db1.example:5432', 'netwhy check https://www.example.com/ --format brief'],
  flows: ['netwhy flows show reachability'],
  explain: ['netwhy explain port-filtered'],
  ping: ['netwhy ping db1.example'],
  trace: ['netwhy trace db1.example:5432'],
  ports: ['netwhy ports 5432'],
  replay: ['netwhy replay report.json'],
  compare: ['netwhy compare before.json after.json'],
  doctor: ['netwhy doctor'],
  schema: ['netwhy schema report'],
  completion: ['source <(netwhy completion bash)'],
  help: ['netwhy help vantages'],
};

/** Help that says first what a command is for, and shows it at work; its options are in groups. */
class TeachingHelp extends Help {
  override formatHelp(command: Command, helper: Help): string {
    const [usage = '', description = '', ...rest] = super.formatHelp(command, helper).trimEnd().split('\n\n');
    const examples = EXAMPLES[command.name()] ?? [];
    const shown = examples.length === 0 ? [] : [examples.map((line) => `  ${line}`).join('\n')];
    return `${[description, ...shown, usage, ...rest].join('\n\n')}\n`;
  }

  override optionDescription(option: Option): string {
    // What begins empty is filled by what is typed: its emptiness tells nobody anything.
    if (typeof option.defaultValue !== 'object') return super.optionDescription(option);
    return option.description;
  }
}

/** Gives a command and those below it this help. */
export function teach(command: Command): void {
  command.createHelp = () => Object.assign(new TeachingHelp(), command.configureHelp());
  for (const option of command.options) option.helpGroup(`${groupOf(option.long)}:`);
  for (const child of command.commands) teach(child);
}
