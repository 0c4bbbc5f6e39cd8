import { Command } from 'commander';
import { print } from './common/output.ts';
import { UserError } from './common/user-error.ts';
import { addCheckOptions } from './options/check-options.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** `netwhy completion SHELL` prints a script that completes commands and options; it runs nothing. */
export function completionCommand(commands: readonly string[]): Command {
  return new Command('completion')
    .description('print a completion script: source <(netwhy completion bash)')
    .argument('<shell>', SHELLS.join(', '))
    .action(async (shell: string) => {
      const options = addCheckOptions(new Command()).options.flatMap(({ long }) => (long ? [long] : []));
      switch (shell) {
        case 'bash':
          return print(bash(commands, options));
        case 'zsh':
          return print(`autoload -U +X bashcompinit && bashcompinit\n${bash(commands, options)}`);
        case 'fish':
          return print(fish(commands, options));
        default:
          throw new UserError(`no completion for ${JSON.stringify(shell)}.`, `Shells: ${SHELLS.join(', ')}`);
      }
    });
}

function bash(commands: readonly string[], options: readonly string[]): string {
  return `_netwhy() {
  local current="\${COMP_WORDS[COMP_CWORD]}"
  case "$current" in
    -*) COMPREPLY=($(compgen -W "${options.join(' ')}" -- "$current")) ;;
    *) if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W "${commands.join(' ')}" -A hostname -- "$current"))
       else COMPREPLY=($(compgen -A hostname -A file -- "$current")); fi ;;
  esac
}
complete -F _netwhy netwhy
`;
}

function fish(commands: readonly string[], options: readonly string[]): string {
  const lines = [
    `complete -c netwhy -n __fish_use_subcommand -a '${commands.join(' ')}'`,
    ...options.map((option) => `complete -c netwhy -l ${option.replace(/^--/u, '')}`),
  ];
  return `${lines.join('\n')}\n`;
}
