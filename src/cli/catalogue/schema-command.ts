import { Command } from 'commander';
import { print } from '../common/output.ts';

/** `netwhy schema report|flow`: the JSON Schema (draft 2020-12) on stdout. `write` gets it, on stdout by default. */
export function schemaCommand(write: (text: string) => Promise<void> = print): Command {
  const show = async (schema: unknown) => write(`${JSON.stringify(schema, null, 2)}\n`);
  const command = new Command('schema').description('the JSON Schema of a report or of a flow file');
  command
    .command('report')
    .description('what check --json and --save write')
    .action(async () => show((await import('../../evidence/report/json-schema.ts')).reportJsonSchema()));
  command
    .command('flow')
    .description('what a flow file may contain; editors complete and check with it')
    .action(async () => show((await import('../../flow/file/json-schema.ts')).flowJsonSchema()));
  return command;
}
