/** Every way in which the result of a run can be printed (contract, section 1). */
export const FORMATS = [
  'text',
  'json',
  'markdown',
  'brief',
  'ticket',
  'ndjson',
  'nagios',
  'junit',
  'prometheus',
  'html',
] as const;

export type Format = (typeof FORMATS)[number];
