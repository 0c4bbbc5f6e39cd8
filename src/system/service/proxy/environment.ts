import ipaddr from 'ipaddr.js';

type Environment = Readonly<Record<string, string | undefined>>;

export type NamedProxy = {
  readonly variable: string;
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  /** `user:password`, as it is sent; null for none. Never shown. */
  readonly credentials: string | null;
};

/** curl's own, where the URL names none. */
const DEFAULT_PORT = 1080;
const DEFAULT_TLS_PORT = 443;

/**
 * The proxy that the environment names for a URL, as curl reads it (curl(1), "ENVIRONMENT"): `http_proxy` in lower case
 * only, the others in either, lower case first; `no_proxy` lets hosts through directly. null: the way is direct.
 */
export function proxyFor(
  env: Environment,
  scheme: 'http' | 'https',
  host: string,
): NamedProxy | { readonly variable: string; readonly kind: 'no-url' } | null {
  const names = scheme === 'http' ? ['http_proxy'] : ['https_proxy', 'HTTPS_PROXY'];
  const variable = [...names, 'all_proxy', 'ALL_PROXY'].find((name) => env[name]);
  if (variable === undefined || goesDirectly(host, env['no_proxy'] || env['NO_PROXY'] || '')) return null;
  const text = env[variable]?.trim() ?? '';
  const url = (text.includes('://') ? text : `http://${text}`).replace(/^([a-z0-9+.-]+):/iu, 'netwhy-$1:');
  if (!URL.canParse(url)) return { variable, kind: 'no-url' };
  // Under a scheme of its own no default port is swallowed.
  const { protocol, hostname, port, username, password } = new URL(url);
  const spoken = protocol.slice('netwhy-'.length, -1);
  const name = hostname.replace(/^\[|\]$/gu, '');
  if (!/^[A-Za-z0-9._:-]+$/u.test(name)) return { variable, kind: 'no-url' };
  return {
    variable,
    scheme: spoken,
    host: name,
    port: port === '' ? (spoken === 'https' ? DEFAULT_TLS_PORT : DEFAULT_PORT) : Number(port),
    credentials: username === '' ? null : `${decoded(username)}:${decoded(password)}`,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Names match as a whole or from a dot on; addresses also by their network; `*` alone is everything. */
function goesDirectly(host: string, list: string): boolean {
  if (list.trim() === '*') return true;
  const asked = host
    .replace(/^\[|\]$/gu, '')
    .replace(/\.$/u, '')
    .toLowerCase();
  return list
    .split(/[\s,]+/u)
    .filter((entry) => entry !== '')
    .some((entry) => covers(entry.replace(/^\[|\]$/gu, '').toLowerCase(), asked));
}

function covers(entry: string, asked: string): boolean {
  if (ipaddr.isValid(asked)) {
    const address = ipaddr.parse(asked);
    if (ipaddr.isValid(entry)) return ipaddr.parse(entry).toString() === address.toString();
    if (!ipaddr.isValidCIDR(entry)) return false;
    const [network, bits] = ipaddr.parseCIDR(entry);
    return network.kind() === address.kind() && address.match([network, bits]);
  }
  const name = entry.replace(/^\./u, '').replace(/\.$/u, '');
  return name !== '' && (asked === name || asked.endsWith(`.${name}`));
}
