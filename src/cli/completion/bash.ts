import type { CommandSpec, Values } from './spec.ts';

/**
 * A completion script for bash; zsh takes it by bashcompinit. What the user has (hosts of ssh, containers, pods) is
 * looked up when it is wanted, by the user's own tools.
 */
export function bashScript(specs: readonly CommandSpec[]): string {
  const nested = specs.filter(({ path, commands }) => path !== '' && commands.length > 0);
  const lines = [
    '# netwhy: source <(netwhy completion bash)',
    VANTAGES,
    START,
    ...specs
      .filter(({ path }) => path !== '')
      .map(({ path }) => `      "${path.includes(' ') ? path : ` ${path}`}") command="${path}" ;;`),
    '    esac',
    '  done',
    '  COMPREPLY=()',
    '  case "$command $previous" in',
    ...specs.flatMap(({ path, options }) =>
      options.flatMap(({ names, values }) =>
        values === null
          ? []
          : [
              `    ${names.map((name) => `"${path} ${name}"`).join('|')}) ${replyOf(values)}; _netwhy_colon "$current"; return ;;`,
            ],
      ),
    ),
    '  esac',
    '  case "$current" in',
    '    -*) case "$command" in',
    ...specs.map(
      ({ path, options }) =>
        `      "${path}") COMPREPLY=($(compgen -W "${options.flatMap(({ names }) => names).join(' ')}" -- "$current")) ;;`,
    ),
    '    esac; return ;;',
    '  esac',
    '  case "$command" in',
    `    "") COMPREPLY=($(compgen -W "${(specs[0]?.commands ?? []).join(' ')}" -A hostname -- "$current")) ;;`,
    ...nested.map(
      ({ path, commands }) => `    "${path}") COMPREPLY=($(compgen -W "${commands.join(' ')}" -- "$current")) ;;`,
    ),
    ...specs
      .filter(({ path, commands }) => path !== '' && commands.length === 0)
      .map(({ path, argument }) => `    "${path}") ${replyOf(argument)} ;;`),
    '  esac',
    '  _netwhy_colon "$current"',
    '}',
    'complete -F _netwhy netwhy',
  ];
  return `${lines.join('\n')}\n`;
}

export function zshScript(specs: readonly CommandSpec[]): string {
  return `autoload -U +X bashcompinit && bashcompinit\n${bashScript(specs)}`;
}

function replyOf(values: Values): string {
  switch (values.kind) {
    case 'words':
      return `COMPREPLY=($(compgen -W "${values.words.join(' ')}" -- "$current"))`;
    case 'file':
      return 'COMPREPLY=($(compgen -A file -- "$current"))';
    case 'host':
      return 'COMPREPLY=($(compgen -A hostname -W "$(_netwhy_ssh_hosts)" -- "$current"))';
    case 'vantage':
      return 'COMPREPLY=($(compgen -W "$(_netwhy_vantages "$current")" -- "$current"))';
    case 'none':
      return ':';
  }
}

// The shell parts words at colons, and a vantage has some: the line is read as it was typed.
const START = `_netwhy() {
  local line="\${COMP_LINE:0:COMP_POINT}" current previous command="" word i
  current="\${line##* }"
  previous="\${COMP_WORDS[COMP_CWORD-1]}"
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$command $word" in`;

const VANTAGES = `_netwhy_ssh_hosts() {
  cat ~/.ssh/config 2>/dev/null | while read -r word rest; do
    case "$word" in [Hh]ost) for host in $rest; do case "$host" in *[*?!]*) ;; *) echo "$host" ;; esac; done ;; esac
  done
}
_netwhy_vantages() {
  local each
  case "$1" in
    ssh://*) for each in $(_netwhy_ssh_hosts); do echo "ssh://$each"; done ;;
    docker://*) for each in $(docker ps --format '{{.Names}}' 2>/dev/null); do echo "docker://$each"; done ;;
    kubectl://*) for each in $(kubectl get pods -o name 2>/dev/null); do echo "kubectl://\${each#pod/}"; done ;;
    *) echo local; for each in ssh docker kubectl; do echo "$each://"; done ;;
  esac
}
_netwhy_colon() {
  local before="\${1%"\${1##*:}"}"
  [ -n "$before" ] && [ -z "\${ZSH_VERSION:-}" ] && COMPREPLY=("\${COMPREPLY[@]#"$before"}")
  return 0
}`;
