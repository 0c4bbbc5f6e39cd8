import type { CommandSpec, Values } from './spec.ts';

/** A completion script for fish. */
export function fishScript(specs: readonly CommandSpec[]): string {
  const names = (specs[0]?.commands ?? []).join(' ');
  const lines = specs.flatMap(({ path, options, commands, argument }) => {
    const when = conditionOf(path, names);
    return [
      ...commands.map((name) => {
        const child = specs.find((each) => each.path === `${path} ${name}`.trim());
        return `complete -c netwhy -f ${when} -a ${name} -d ${quoted(firstSentence(child?.description ?? ''))}`;
      }),
      ...(commands.length > 0 && path !== '' ? [] : argumentLines(argument, when)),
      ...options.map(({ names: [first = '', second], values, description }) => {
        const flags = [first, second].filter((name): name is string => name !== undefined);
        const written = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
        const taken = values === null ? '' : ` ${valueFlags(values)}`;
        return `complete -c netwhy ${when} ${written.join(' ')}${taken} -d ${quoted(firstSentence(description))}`;
      }),
    ];
  });
  return `# netwhy: netwhy completion fish | source\n${SSH_HOSTS}\n${lines.join('\n')}\n`;
}

function conditionOf(path: string, names: string): string {
  const [command, child] = path.split(' ');
  if (command === undefined || command === '') return `-n 'not __fish_seen_subcommand_from ${names}'`;
  const seen = `__fish_seen_subcommand_from ${command}`;
  return child === undefined ? `-n '${seen}'` : `-n '${seen}; and __fish_seen_subcommand_from ${child}'`;
}

function argumentLines(values: Values, when: string): readonly string[] {
  switch (values.kind) {
    case 'words':
      return [`complete -c netwhy -f ${when} -a ${quoted(values.words.join(' '))}`];
    case 'host':
    case 'vantage':
      return [`complete -c netwhy -f ${when} -a '(__netwhy_ssh_hosts)'`];
    case 'file':
      return [`complete -c netwhy -F ${when}`];
    case 'none':
      return [`complete -c netwhy -f ${when}`];
  }
}

function valueFlags(values: Values): string {
  switch (values.kind) {
    case 'words':
      return `-x -a ${quoted(values.words.join(' '))}`;
    case 'vantage':
      return `-x -a 'local docker:// kubectl:// (__netwhy_ssh_hosts | string replace -r "^" "ssh://")'`;
    case 'file':
      return '-r -F';
    case 'host':
    case 'none':
      return '-x';
  }
}

function firstSentence(text: string): string {
  return text.split(/[:;(]/u)[0]?.trim() ?? '';
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/gu, '\\$&')}'`;
}

const SSH_HOSTS = `function __netwhy_ssh_hosts
  test -r ~/.ssh/config; and string match -rgi '^\\s*host\\s+(.*)' <~/.ssh/config | string split ' ' | string match -v -r '[*?!]'
end`;
