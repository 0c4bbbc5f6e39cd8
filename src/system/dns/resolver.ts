import { getServers } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Family } from '../../domain/address.ts';
import type { Resolver } from '../../domain/ports.ts';
import { canonicalAddress } from '../host/interfaces/machine-address.ts';
import { askServer } from './ask.ts';
import { askTogether } from './ask-together.ts';
import { getaddrinfoError } from './getaddrinfo-error.ts';
import { addressesInHostsFile } from './hosts-file.ts';
import { lookupSetup } from './lookup-setup.ts';
import { candidatesFor } from './resolver-candidates.ts';
import { parseResolverConfig, type ResolverConfig } from './resolver-config.ts';
import { lookUpByGetent } from './resolver-getent.ts';

const DNS_PORT = 53;
const HOSTS_FILE =
  process.platform === 'win32'
    ? `${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\drivers\\etc\\hosts`
    : '/etc/hosts';

/** The names of this machine: getaddrinfo, the hosts file, and each configured server asked by itself. */
export const systemResolver: Resolver = {
  system: lookUp,
  isTimed: true,
  systemError: getaddrinfoError,
  setup: async () =>
    lookupSetup(await currentConfig(), {
      nsswitch: await contentOf('/etc/nsswitch.conf'),
      resolvedUpstreams: await contentOf('/run/systemd/resolve/resolv.conf'),
    }),
  askTogether: async (address, name, signal) => {
    const { useTcp } = await currentConfig();
    return useTcp ? null : askTogether({ address, port: DNS_PORT }, name, signal);
  },
  hostsFile: async (host) => addressesInHostsFile(await contentOf(HOSTS_FILE), host),
  servers: async () => (await currentConfig()).servers,
  ask: async (address, host, families, signal) => {
    const config = await currentConfig();
    const candidates = candidatesFor(host, config);
    return askServer({ server: { address, port: DNS_PORT }, candidates, families, useTcp: config.useTcp }, signal);
  },
};

async function lookUp(host: string, families: readonly Family[], signal: AbortSignal): ReturnType<Resolver['system']> {
  if (signal.aborted) return { kind: 'cancelled' };
  const told =
    process.platform === 'linux' ? await lookUpByGetent(host, families, () => performance.now(), signal) : null;
  if (told !== null) return told;
  const family = families.length === 1 ? (families[0] ?? 0) : 0;
  const answer = lookup(host, { all: true, family, verbatim: true }).then(
    (found) => ({
      kind: 'addresses' as const,
      addresses: [...new Set(found.map(({ address }) => canonicalAddress(address) ?? address))],
    }),
    (error: NodeJS.ErrnoException) => ({ kind: 'error' as const, code: error.code ?? 'UNKNOWN' }),
  );
  // getaddrinfo in this process cannot be stopped: its thread goes on, and only nobody waits for it any more.
  let cancel = (): void => undefined;
  const cancelled = new Promise<{ readonly kind: 'cancelled' }>((resolve) => {
    cancel = () => resolve({ kind: 'cancelled' });
    signal.addEventListener('abort', cancel, { once: true });
  });
  try {
    return await Promise.race([answer, cancelled]);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

async function currentConfig(): Promise<ResolverConfig> {
  const environment = {
    hostname: hostname(),
    localDomain: process.env['LOCALDOMAIN'],
    options: process.env['RES_OPTIONS'],
  };
  const config = parseResolverConfig(await contentOf('/etc/resolv.conf'), environment);
  if (process.platform === 'linux') return config;
  // Elsewhere resolv.conf may be missing or not the whole truth; Node asks the system. Not tested on such a machine.
  const servers = getServers().flatMap((server) => canonicalAddress(server) ?? []);
  return servers.length > 0 ? { ...config, servers, isConfigured: true } : config;
}

async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}
