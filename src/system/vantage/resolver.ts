import type { Resolver } from '../../domain/ports.ts';
import { lookUpByGetent } from '../dns/resolver-getent.ts';
import type { RunTool } from '../process/run-tool.ts';
import type { Introduction } from './introduction.ts';

/**
 * The names of a vantage, as its own programs look them up (getent(1)). Its resolvers are not asked one by one: that
 * takes a socket there.
 */
export function vantageResolver(run: RunTool, { hostsFile }: Introduction, nowMs: () => number): Resolver {
  return {
    system: async (host, families, signal) =>
      (await lookUpByGetent(host, families, nowMs, signal, run)) ?? { kind: 'error', code: 'EAI_SYSTEM' },
    // What it takes to get there is in every time from there.
    isTimed: false,
    systemError: async () => null,
    setup: async () => null,
    askTogether: async () => null,
    hostsFile: async (host) => hostsFile(host),
    servers: async () => [],
    ask: async (address) => ({ address, rcode: null, ms: null, addresses: [], sent: 0, error: null }),
  };
}
