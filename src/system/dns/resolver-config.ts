import type { IpAddress } from '../../domain/address.ts';
import { canonicalAddress } from '../host/interfaces/machine-address.ts';

/** The settings of the C library's resolver that matter for what it asks (resolv.conf(5)). */
export type ResolverConfig = {
  readonly servers: readonly IpAddress[];
  /** False where no server is named and `servers` is what the C library falls back on. */
  readonly isConfigured: boolean;
  readonly search: readonly string[];
  /** Names with at least so many dots are tried as they are first. */
  readonly ndots: number;
  /** `use-vc`: every query goes over TCP. */
  readonly useTcp: boolean;
  /** `no-tld-query`: a name without a dot is never asked as it is. */
  readonly noTldQuery: boolean;
};

export type ResolverEnvironment = {
  readonly hostname: string;
  /** LOCALDOMAIN and RES_OPTIONS of the environment. */
  readonly localDomain: string | undefined;
  readonly options: string | undefined;
};

/** The C library looks no further than this many (MAXNS). */
const MAX_SERVERS = 3;
const MAX_NDOTS = 15;
/** What the C library asks where no server is configured. */
const DEFAULT_SERVER: IpAddress = '127.0.0.1';

/** Reads resolv.conf as the C library does: the last of `search` and `domain` wins, the environment wins over both. */
export function parseResolverConfig(text: string, environment: ResolverEnvironment): ResolverConfig {
  const servers: IpAddress[] = [];
  let search: readonly string[] | null = null;
  const options: string[] = [];
  for (const line of text.split('\n')) {
    const [keyword, ...words] = line.replace(/\r$/u, '').split(/[ \t]+/u);
    switch (keyword) {
      case 'nameserver': {
        const address = canonicalAddress(words[0] ?? '');
        if (address !== null && servers.length < MAX_SERVERS) servers.push(address);
        break;
      }
      case 'domain':
        search = words.slice(0, 1);
        break;
      case 'search':
        search = words;
        break;
      case 'options':
        options.push(...words);
        break;
    }
  }
  if (environment.localDomain !== undefined) search = environment.localDomain.split(/[ \t]+/u);
  options.push(...(environment.options ?? '').split(/[ \t]+/u));
  return {
    servers: servers.length > 0 ? servers : [DEFAULT_SERVER],
    isConfigured: servers.length > 0,
    search: (search ?? domainOf(environment.hostname))
      .map((name) => name.replace(/\.$/u, ''))
      .filter((name) => name !== ''),
    ndots: ndotsOf(options),
    useTcp: options.includes('use-vc') || options.includes('usevc'),
    noTldQuery: options.includes('no-tld-query'),
  };
}

function domainOf(hostname: string): readonly string[] {
  const dot = hostname.indexOf('.');
  return dot < 0 ? [] : [hostname.slice(dot + 1)];
}

function ndotsOf(options: readonly string[]): number {
  const values = options.flatMap((option) => /^ndots:(\d+)$/u.exec(option)?.[1] ?? []);
  return Math.min(Number(values[values.length - 1] ?? 1), MAX_NDOTS);
}
