import { type Family, familyOf, type IpAddress } from '../../domain/address.ts';
import type { SystemAnswer } from '../../domain/ports.ts';
import { canonicalAddress } from '../host/interfaces/machine-address.ts';
import { type RunTool, runTool } from '../process/run-tool.ts';

/** Longer than any deadline of a run: the caller's signal ends it. */
const TIMEOUT_MS = 60_000;
const EXIT = { found: 0, notFound: 2 } as const;
/** A resolver that did not answer keeps the C library for seconds; a refusal this quick is its last word. */
const QUICK_MS = 1000;

/**
 * getaddrinfo in a process of its own, by getent(1): a call inside this process could not be called off, and would keep
 * it from ending for as long as a dead resolver is waited for. null where there is no such tool, or an older one.
 */
export async function lookUpByGetent(
  host: string,
  families: readonly Family[],
  nowMs: () => number,
  signal: AbortSignal,
  run: RunTool = runTool,
): Promise<SystemAnswer | { readonly kind: 'cancelled' } | null> {
  const database = families.length === 1 ? `ahostsv${families[0]}` : 'ahosts';
  const startedMs = nowMs();
  const ran = await run('getent', ['--no-addrconfig', database, host], { signal, timeoutMs: TIMEOUT_MS });
  if (ran.kind === 'cancelled' || (ran.kind === 'done' && signal.aborted)) return { kind: 'cancelled' };
  if (ran.kind !== 'done') return null;
  switch (ran.exitCode) {
    case EXIT.found:
      return { kind: 'addresses', addresses: addressesIn(ran.stdout, families) };
    case EXIT.notFound:
      return { kind: 'error', code: nowMs() - startedMs < QUICK_MS ? 'ENOTFOUND' : 'EAI_AGAIN' };
    default:
      return null;
  }
}

/** What getent asks for where a name has no IPv6 address (AI_V4MAPPED): an IPv4 address in other clothes. */
const MAPPED = /^::ffff:/iu;

/** One line for each address and socket type. */
function addressesIn(stdout: string, families: readonly Family[]): readonly IpAddress[] {
  const typed = stdout.split('\n').flatMap((line) => line.split(/\s+/u)[0] || []);
  const found = typed.flatMap((text) => canonicalAddress(text) ?? []);
  return [...new Set(found)].filter((address) => !MAPPED.test(address) && families.includes(familyOf(address)));
}
