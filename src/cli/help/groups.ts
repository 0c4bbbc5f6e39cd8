/** Headings of the help, in the order of the manual pages. */
export const GROUPS = ['What to look at', 'How to measure', 'What to print', 'The screen', 'More'] as const;

export type Group = (typeof GROUPS)[number];

/** Where an option stands in the help of whatever command has it, by its long name. One that is missing is under More. */
const GROUP_OF: Readonly<Record<string, Group>> = {
  '--flow': 'What to look at',
  '--targets': 'What to look at',
  '--from': 'What to look at',
  '--on': 'What to look at',
  '--sockets': 'What to look at',
  '--answer': 'What to look at',
  '--listening': 'What to look at',
  '--process': 'What to look at',
  '--state': 'What to look at',
  '--ipv4': 'How to measure',
  '--ipv6': 'How to measure',
  '--deadline': 'How to measure',
  '--count': 'How to measure',
  '--engine': 'How to measure',
  '--explain-commands': 'How to measure',
  '--protocol': 'How to measure',
  '--port': 'How to measure',
  '--flows': 'How to measure',
  '--max-hops': 'How to measure',
  '--once': 'How to measure',
  '--watch': 'How to measure',
  '--no-names': 'How to measure',
  '--verbose': 'What to print',
  '--format': 'What to print',
  '--json': 'What to print',
  '--markdown': 'What to print',
  '--quiet': 'What to print',
  '--save': 'What to print',
  '--output': 'What to print',
  '--fail-on': 'What to print',
  '--redact': 'What to print',
  '--lang': 'The screen',
  '--no-color': 'The screen',
  '--theme': 'The screen',
  '--tui': 'The screen',
  '--guided': 'The screen',
  '--screen-reader': 'The screen',
  '--keys': 'The screen',
  '--no-history': 'The screen',
  '--no-input': 'The screen',
};

export function groupOf(long: string | undefined): Group {
  return (long === undefined ? undefined : GROUP_OF[long]) ?? 'More';
}
