import type { IpAddress } from '../../domain/address.ts';
import type { LookupSetup } from '../../domain/name-evidence.ts';
import { parseResolverConfig } from './resolver-config.ts';

/** The addresses of the stub resolver of systemd-resolved(8), which keeps a list of its upstreams. */
const RESOLVED_STUBS: ReadonlySet<IpAddress> = new Set(['127.0.0.53', '127.0.0.54']);

export type SetupFiles = {
  readonly nsswitch: string;
  /** Of systemd-resolved: its upstreams in the form of resolv.conf. */
  readonly resolvedUpstreams: string;
};

/** Where this machine looks names up, from its files; an empty text is a file that is not there. */
export function lookupSetup(
  config: { readonly servers: readonly IpAddress[]; readonly isConfigured: boolean },
  files: SetupFiles,
): LookupSetup {
  const isStub = config.servers.some((server) => RESOLVED_STUBS.has(server));
  const upstreams = parseResolverConfig(files.resolvedUpstreams, {
    hostname: '',
    localDomain: undefined,
    options: undefined,
  });
  return {
    nsswitch: hostsSources(files.nsswitch),
    isConfigured: config.isConfigured,
    upstreams: isStub && upstreams.isConfigured ? upstreams.servers : [],
  };
}

/** The sources of the line `hosts` (nsswitch.conf(5)), without what is to be done after each (`[NOTFOUND=return]`). */
export function hostsSources(text: string): readonly string[] | null {
  for (const line of text.split('\n')) {
    const sources = /^\s*hosts:(.*)$/u.exec(line.replace(/#.*$/u, ''))?.[1];
    if (sources !== undefined)
      return sources
        .replace(/\[[^\]]*\]/gu, ' ')
        .split(/\s+/u)
        .filter((source) => source !== '');
  }
  return null;
}
