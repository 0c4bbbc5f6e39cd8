/** Every command, in the order of the help. Known before any of them is read. */
export const COMMAND_NAMES = [
  'check',
  'flows',
  'explain',
  'ping',
  'trace',
  'ports',
  'replay',
  'compare',
  'doctor',
  'schema',
  'completion',
  'help',
] as const;

export type CommandName = (typeof COMMAND_NAMES)[number];
