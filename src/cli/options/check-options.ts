import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Family } from '../../domain/address.ts';
import type { Language } from '../../domain/verdict.ts';
import { FORMATS, type Format } from '../../report/formats/format.ts';
import type { Engine } from '../../system/engine/ladder.ts';
import { FAIL_ON, type FailOn } from '../common/exit-code.ts';
import { engineOption } from './engine-option.ts';
import { folderOption } from './folder-option.ts';

/** The options of `check`, which the wizard takes too. */
export type CheckOptions = {
  readonly flow: string;
  readonly json?: true;
  readonly markdown?: true;
  readonly format?: Format;
  readonly verbose?: true;
  readonly quiet?: true;
  readonly ipv4?: true;
  readonly ipv6?: true;
  readonly deadline: number;
  readonly count: number;
  readonly answer: ReadonlyMap<string, string>;
  readonly on?: string;
  readonly sockets?: string;
  /** One or several; the report is that of the first. */
  readonly from: readonly string[];
  readonly explainCommands?: true;
  readonly engine: Engine;
  readonly save?: string;
  readonly output?: string;
  readonly failOn?: FailOn;
  readonly redact?: true;
  readonly lang?: Language;
  readonly color: boolean;
};

/** Of `check` alone. `targets`: files that list them; `-` is stdin. */
export type ListOptions = CheckOptions & { readonly targets: readonly string[] };

const MOST_SECONDS = 3600;
const MOST_ECHOES = 1000;

export function addCheckOptions(command: Command): Command {
  return command
    .option('--flow <name|file>', 'the decision tree to walk (netwhy flows list)', 'reachability')
    .addOption(folderOption())
    .option('--verbose', 'the whole report as text: why, the evidence, every step; without it the first screen')
    .addOption(
      new Option(
        '--format <format>',
        'how the result is printed; brief: three lines for an alert; ticket: for whoever owns the broken place, to be sent as it is; nagios, junit, prometheus and html for what they are named after; ndjson: one report a line',
      ).choices(FORMATS),
    )
    .option('--json', 'short for --format json: one JSON document on stdout')
    .option('--markdown', 'short for --format markdown, to paste into a chat')
    .option('--quiet', 'no output, only the exit code')
    .option('-4, --ipv4', 'IPv4 only')
    .option('-6, --ipv6', 'IPv6 only')
    .option('--deadline <seconds>', 'the run always ends by then, with what it knows', seconds, 15)
    .option('--count <n>', 'echoes to send', echoes, 20)
    .option('--answer <id=value>', "answers a flow's question; may be repeated", collectAnswer, new Map())
    .option(
      '--on <vantage>',
      "where the target's own sockets are read: ssh://[user@]host[:port], docker://container, kubectl://[namespace/]pod[/container], or local (the default where the target is this machine)",
    )
    .option(
      '--sockets <file>',
      "the target's own sockets, as somebody there pasted them from ss, netstat or lsof (- for stdin)",
    )
    .option('--explain-commands', 'print to stderr what is run on a vantage, word for word, before it is run')
    .option(
      '--from <vantage>',
      'where the probes run: as for --on; may be repeated, and then says what the difference means (default: local)',
      collectFrom,
      [],
    )
    .addOption(engineOption(['auto', 'raw', 'kernel', 'system', 'sockets']))
    .option('--save <file>', 'save the report as JSON too (netwhy replay reads it)')
    .option('--output <file>', 'write the result there instead of to stdout, whole or not at all')
    .addOption(new Option('--fail-on <verdict>', 'exit 0 for anything milder than this').choices(FAIL_ON))
    .option('--redact', 'replace addresses, names and users by stable pseudonyms')
    .addOption(new Option('--lang <language>', 'default from the locale').choices(['en', 'ko']))
    .option('--no-color', 'no colours (NO_COLOR does the same)');
}

/** The families that may be used; none given means both. */
export function familiesOf(options: CheckOptions): readonly Family[] {
  if (options.ipv4 === options.ipv6) return [4, 6];
  return options.ipv4 ? [4] : [6];
}

/** `--lang`, else the locale's language where the catalogue has it, else English. */
export function languageOf(options: { readonly lang?: Language }, env: NodeJS.ProcessEnv): Language {
  if (options.lang !== undefined) return options.lang;
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return locale.startsWith('ko') ? 'ko' : 'en';
}

function seconds(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/u.test(text) || value < 0.5 || value > MOST_SECONDS) {
    throw new InvalidArgumentError(`It must be between 0.5 and ${MOST_SECONDS} seconds.`);
  }
  return value;
}

function echoes(text: string): number {
  const value = Number(text);
  if (!/^\d+$/u.test(text) || value < 1 || value > MOST_ECHOES) {
    throw new InvalidArgumentError(`It must be between 1 and ${MOST_ECHOES}.`);
  }
  return value;
}

function collectFrom(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

function collectAnswer(text: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const [id = '', ...rest] = text.split('=');
  if (id === '' || rest.length === 0) throw new InvalidArgumentError('It must look like question=answer.');
  return new Map([...before, [id, rest.join('=')]]);
}
