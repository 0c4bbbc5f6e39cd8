import type { Command, Option } from 'commander';
import { GROUPS, groupOf } from './groups.ts';
import { EXAMPLES } from './teach.ts';
import { TOPICS } from './topics.ts';

/** A manual page: its file name, and its text for man(7). */
export type ManPage = { readonly file: string; readonly text: string };

/** A page for the program and one for each of its commands, out of what --help is made of. */
export function manPages(program: Command, version: string): readonly ManPage[] {
  const names = program.commands.map((command) => command.name());
  return [
    pageOf(program, 'netwhy', version, [
      section(
        'COMMANDS',
        program.commands.map((command) => entry(command.name(), command.description())),
      ),
      ...Object.entries(TOPICS).map(([name, { text }]) => section(name.toUpperCase(), [preformatted(text)])),
      section('SEE ALSO', [names.map((name) => `.BR netwhy\\-${escaped(name)} (1)`).join(',\n')]),
    ]),
    ...program.commands.map((command) =>
      pageOf(command, `netwhy-${command.name()}`, version, [
        ...(command.commands.length === 0
          ? []
          : [
              section(
                'COMMANDS',
                command.commands.map((child) => entry(child.name(), child.description())),
              ),
            ]),
        section('SEE ALSO', ['.BR netwhy (1)']),
      ]),
    ),
  ];
}

function pageOf(command: Command, name: string, version: string, more: readonly string[]): ManPage {
  const typed = name.replace('-', ' ');
  const groups = GROUPS.flatMap((group) => {
    const options = command.options.filter(({ hidden, long }) => !hidden && groupOf(long) === group);
    return options.length === 0 ? [] : [`.SS ${escaped(group)}`, ...options.map(optionEntry)];
  });
  const examples = EXAMPLES[command.name()] ?? [];
  const parts = [
    `.TH ${name.toUpperCase().replace('-', '\\-')} 1 "" "netwhy ${escaped(version)}" "User Commands"`,
    section('NAME', [`${escaped(name)} \\- ${escaped(command.description())}`]),
    section('SYNOPSIS', [`.B ${escaped(typed)}`, escaped(command.usage())]),
    ...(examples.length === 0 ? [] : [section('EXAMPLES', [preformatted(examples.join('\n'))])]),
    ...(groups.length === 0 ? [] : [section('OPTIONS', groups)]),
    ...more,
  ];
  return { file: `${name}.1`, text: `${parts.join('\n')}\n` };
}

function section(title: string, lines: readonly string[]): string {
  return [`.SH ${escaped(title)}`, ...lines].join('\n');
}

function optionEntry({ flags, description, argChoices }: Option): string {
  const choices = argChoices === undefined ? '' : ` (one of ${argChoices.join(', ')})`;
  return entry(flags, description + choices);
}

function entry(term: string, text: string): string {
  return `.TP\n.B ${escaped(term)}\n${escaped(text)}`;
}

function preformatted(text: string): string {
  return `.nf\n${text.split('\n').map(escaped).join('\n')}\n.fi`;
}

/** No line is a request, no character a command: groff_char(7). */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gmu, '\\&');
}
