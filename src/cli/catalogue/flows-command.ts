import { Command, Option } from 'commander';
import type { Language } from '../../domain/verdict.ts';
import { describeFlow } from '../../flow/describe-flow.ts';
import type { Flow } from '../../flow/flow.ts';
import { toDot, toMermaid } from '../../flow/graph.ts';
import { nearest } from '../../flow/nearest.ts';
import { pathLine, pathsOf } from '../../flow/paths.ts';
import { type FlowTestResult, runFlowTests } from '../../flow/run-tests.ts';
import { escapeControls } from '../../text/escape-controls.ts';
import { EXIT } from '../common/exit-code.ts';
import { note, print } from '../common/output.ts';
import { UserError } from '../common/user-error.ts';
import { languageOf } from '../options/check-options.ts';
import { folderOption } from '../options/folder-option.ts';
import { complaintOf, outcomeOf, requireFlow } from './flow-complaint.ts';
import { inspectFlows, type ReadFlow, readFlow } from './flow-files.ts';

type LanguageOption = { readonly lang?: Language };
type JsonOption = { readonly json?: true };

/** `netwhy flows …`: lists, shows, checks and draws the decision trees. */
export function flowsCommand(): Command {
  return new Command('flows')
    .description('list, show, validate, test and draw the decision trees')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(validateCommand())
    .addCommand(testCommand())
    .addCommand(graphCommand())
    .addHelpText('after', AFTER_HELP)
    .usage('<command>')
    .helpCommand(false)
    .argument('[command]')
    .action((typed: string | undefined) => {
      const near = typed === undefined ? null : nearest(typed, SUBCOMMANDS);
      const message = typed === undefined ? 'flows needs a command.' : `flows has no command ${JSON.stringify(typed)}.`;
      throw new UserError(message, near === null ? `Commands: ${SUBCOMMANDS.join(', ')}` : `Did you mean ${near}?`);
    });
}

const SUBCOMMANDS = ['list', 'show', 'validate', 'test', 'graph'];

const AFTER_HELP = `
A flow is a YAML file: questions, what measures the answer, and where each answer leads. It can run no command.
A NAME is looked for in --flows, in the folders of NETWHY_FLOWS, in $XDG_CONFIG_HOME/netwhy/flows (default ~/.config),
in /etc/netwhy/flows, then beside the program; anything with a slash in it, or ending in .yaml, is a path.

Examples:
  netwhy flows list                              what is there
  netwhy flows show name                         every question of one flow, and why it is asked
  netwhy flows list --json                       the same, with the file of each: a copy is a start for your own
  netwhy flows validate ~/.config/netwhy/flows/*.yaml  every mistake, with line and column
  netwhy flows test ./dns.yaml                   replay the recorded results in the file
  netwhy flows graph reachability --dot | dot -Tsvg > reachability.svg
  netwhy check db1.example:5432 --flow ./dns.yaml      walk it
`;

const VALIDATE_HELP = `
Checked: YAML, unknown, missing and duplicate keys, both languages, an edge for every outcome, that every node exists
and is reachable, that no way comes back, finding codes, facts in braces, and that the file's own tests end where they
say. Nothing is sent. Exit codes: 0 every file is valid, 64 at least one is not.

Example:
  netwhy flows validate ./dns.yaml
`;

const TEST_HELP = `
A test in a flow file records what each question was answered, and what must be concluded:
  tests:
    - name: ping filtered, port open
      outcomes: { name: literal, way: ok, reachable: silent, port: open }
      conclude: port-open
A question to a person that is left out takes its unattended choice. Nothing is sent.
Exit codes: 0 all pass, 2 a test fails, 64 a file is not valid.

Example:
  netwhy flows test ./dns.yaml
`;

function listCommand(): Command {
  return new Command('list')
    .description('the flows that a name stands for')
    .addOption(languageOption())
    .addOption(folderOption())
    .option('--json', 'as one JSON document')
    .action(async (options: LanguageOption & JsonOption) => {
      const lang = languageOf(options, process.env);
      const flows = (await inspectFlows()).map(({ name, file, source, loaded }) => ({
        name,
        title: loaded.kind === 'ok' ? loaded.flow.title[lang] : null,
        source,
        file,
      }));
      if (options.json) return print(json(flows));
      const width = Math.max(0, ...flows.map(({ name }) => name.length));
      const lines = flows.map(({ name, title, source, file }) => {
        const words = title ?? `not valid: netwhy flows validate ${file}`;
        return escapeControls(`${name.padEnd(width)}  ${words}${source === 'built-in' ? '' : ` (${file})`}`);
      });
      await print(lines.map((line) => `${line}\n`).join(''));
    });
}

function showCommand(): Command {
  return new Command('show')
    .description('every question of a flow, why it is asked, and where its answers lead')
    .argument('<name>', 'a flow, or a path to one')
    .addOption(folderOption())
    .addOption(languageOption())
    .option('--json', 'the flow as one JSON document')
    .option('--paths', 'ways through it, one a line, that together take every answer')
    .action(async (name: string, options: LanguageOption & JsonOption & { readonly paths?: true }) => {
      const flow = await requireFlow(name);
      if (options.paths)
        return print(
          pathsOf(flow)
            .map((path) => `${pathLine(path)}\n`)
            .join(''),
        );
      await print(options.json ? json(flow) : describeFlow(flow, languageOf(options, process.env)));
    });
}

function graphCommand(): Command {
  return new Command('graph')
    .description('the tree as a Mermaid flowchart, or for Graphviz')
    .argument('<name>', 'a flow, or a path to one')
    .addOption(folderOption())
    .option('--dot', 'in the DOT language of Graphviz')
    .addOption(languageOption())
    .action(async (name: string, options: LanguageOption & { readonly dot?: true }) => {
      const flow = await requireFlow(name);
      const lang = languageOf(options, process.env);
      await print(options.dot ? toDot(flow, lang) : toMermaid(flow, lang));
    });
}

function validateCommand(): Command {
  return new Command('validate')
    .description('every mistake in flow files, with file, line and column')
    .argument('<file...>', 'flow files, or names of flows')
    .addOption(folderOption())
    .option('--json', 'what was found as one JSON document')
    .addHelpText('after', VALIDATE_HELP)
    .action(async (files: readonly string[], options: JsonOption) => {
      const checked = await Promise.all(files.map(async (file) => ({ file, read: await readFlow(file) })));
      process.exitCode = checked.some(({ read }) => read.kind !== 'ok') ? EXIT.usage : EXIT.healthy;
      if (options.json) return print(json(checked.map(({ file, read }) => ({ file, ...outcomeOf(file, read) }))));
      const valid = checked.flatMap(({ file, read }) =>
        read.kind === 'ok' ? [`${escapeControls(file)}: ok (${countsOf(read.flow)})\n`] : [],
      );
      await print(valid.join(''));
      await note(complaints(checked));
    });
}

function testCommand(): Command {
  return new Command('test')
    .description('replay the recorded results that flow files carry')
    .argument('<file...>', 'flow files, or names of flows')
    .addOption(folderOption())
    .option('--json', 'the results as one JSON document')
    .addHelpText('after', TEST_HELP)
    .action(async (files: readonly string[], options: JsonOption) => {
      const tested = await Promise.all(files.map((file) => testFile(file)));
      process.exitCode = testExitCode(tested);
      if (options.json) {
        const results = tested.map(({ file, read, tests }) => ({ file, ...outcomeOf(file, read), tests }));
        return print(json(results));
      }
      await print(tested.flatMap(resultLines).join(''));
      await note(complaints(tested));
    });
}

type Tested = { readonly file: string; readonly read: ReadFlow; readonly tests: readonly FlowTestResult[] };

async function testFile(file: string): Promise<Tested> {
  const read = await readFlow(file, { walkTests: false });
  return { file, read, tests: read.kind === 'ok' ? runFlowTests(read.flow) : [] };
}

function testExitCode(tested: readonly Tested[]): number {
  if (tested.some(({ read }) => read.kind !== 'ok')) return EXIT.usage;
  return tested.some(({ tests }) => tests.some(({ passed }) => !passed)) ? EXIT.fault : EXIT.healthy;
}

function complaints(files: readonly { readonly file: string; readonly read: ReadFlow }[]): string {
  return files.map(({ file, read }) => (read.kind === 'ok' ? '' : complaintOf(file, read))).join('');
}

function resultLines({ file, read, tests }: Tested): readonly string[] {
  const lines = read.kind === 'ok' && tests.length === 0 ? ['no tests'] : tests.map(resultLine);
  return lines.map((line) => `${escapeControls(file)}: ${line}\n`);
}

function resultLine({ name, passed, expected, actual, stoppedAt, path }: FlowTestResult): string {
  if (passed) return `ok    ${name} → ${expected}`;
  const way = path.map(({ node, answer }) => `${node}=${answer}`).join(' > ');
  const end = actual === null ? `stopped at ${stoppedAt}, for which nothing is recorded` : `concluded ${actual}`;
  return `FAIL  ${name}: expected ${expected}, ${end}\n      ${way === '' ? '(no step)' : way}`;
}

function countsOf(flow: Flow): string {
  return `${counted(Object.keys(flow.nodes).length, 'node')}, ${counted(flow.tests.length, 'test')}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function languageOption(): Option {
  return new Option('--lang <language>', 'default from the locale').choices(['en', 'ko']);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
