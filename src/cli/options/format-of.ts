import type { Format } from '../../report/formats/format.ts';
import { UserError } from '../common/user-error.ts';

type Asked = { readonly format?: Format; readonly json?: true; readonly markdown?: true };

/** The format that was asked for; text where none was. Two different ones are a mistake. */
export function formatOf({ format, json, markdown }: Asked): Format {
  const asked = new Set<Format>([
    ...(format === undefined ? [] : [format]),
    ...(json ? (['json'] as const) : []),
    ...(markdown ? (['markdown'] as const) : []),
  ]);
  const [first = 'text', ...others] = asked;
  if (others.length === 0) return first;
  const named = format === undefined ? '--json and --markdown' : `--format ${format} and --${others[0]}`;
  throw new UserError(`${named} exclude each other.`);
}
