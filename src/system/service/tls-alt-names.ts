import ipaddr from 'ipaddr.js';

export type AltNames = { readonly names: readonly string[]; readonly addresses: readonly string[] };

const LONGEST_NAME = 253;

/**
 * Reads the subject alternative names as Node writes them: `DNS:a.example, IP Address:192.0.2.7, DNS:"odd\u0020one"`.
 * A value with anything special in it stands in quotes, as a string of JSON. Names are lower case and printable.
 */
export function parseAltNames(text: string): AltNames {
  const parts = [...text.matchAll(/(?:^|, )([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,]*)/gu)];
  const of = (wanted: string) => parts.flatMap(([, kind, value = '']) => (kind === wanted ? [plain(value)] : []));
  return {
    names: of('DNS').filter((name) => name.length > 0 && name.length <= LONGEST_NAME),
    addresses: of('IP Address').flatMap((address) =>
      ipaddr.isValid(address) ? [ipaddr.parse(address).toString()] : [],
    ),
  };
}

function plain(value: string): string {
  return unquoted(value)
    .replace(/[^\x21-\x7e]/gu, '?')
    .toLowerCase();
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}
