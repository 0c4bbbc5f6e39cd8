import type { Family, IpAddress } from '../../domain/address.ts';
import type { SystemLookup } from '../../domain/name-evidence.ts';
import type { Resolver, SystemAnswer } from '../../domain/ports.ts';
import { roundMs } from '../../domain/statistics.ts';

type Lookup = {
  readonly startedAtMs: number;
  settled: { readonly answer: SystemAnswer; readonly atMs: number } | null;
};

/** The look-ups of one name by the system, started one by one. Times are from the start of the probe. */
export type Lookups = {
  /** Settles when it is over, or has been called off. */
  start(): Promise<void>;
  /** The first answer with addresses, else what the first look-up said; null while that is open. */
  answer(): { readonly answer: SystemAnswer; readonly atMs: number } | null;
  count(): number;
  isOpen(): boolean;
  told(): readonly SystemLookup[];
};

export function createLookups(
  asked: { readonly host: string; readonly families: readonly Family[] },
  resolver: Resolver,
  inFamilies: (address: IpAddress) => boolean,
  elapsedMs: () => number,
  signal: AbortSignal,
): Lookups {
  const lookups: Lookup[] = [];
  return {
    start: async () => {
      const lookup: Lookup = { startedAtMs: elapsedMs(), settled: null };
      lookups.push(lookup);
      const answer = await resolver.system(asked.host, asked.families, signal);
      if (answer.kind === 'cancelled') return;
      const said = answer.kind === 'error' ? answer : { ...answer, addresses: answer.addresses.filter(inFamilies) };
      lookup.settled = { answer: said, atMs: elapsedMs() };
    },
    answer: () => {
      const settled = lookups.flatMap((lookup) => lookup.settled ?? []);
      const found = settled.find(({ answer }) => answer.kind === 'addresses' && answer.addresses.length > 0);
      return found ?? lookups[0]?.settled ?? null;
    },
    count: () => lookups.length,
    isOpen: () => lookups.some(({ settled }) => settled === null),
    told: () =>
      lookups.map(({ startedAtMs, settled }) => ({
        state: settled === null ? 'pending' : settled.answer.kind,
        error: settled?.answer.kind === 'error' ? settled.answer.code : null,
        ms: resolver.isTimed ? roundMs((settled?.atMs ?? elapsedMs()) - startedAtMs) : null,
      })),
  };
}
