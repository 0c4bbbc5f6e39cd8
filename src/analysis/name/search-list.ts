import type { ServerAnswer } from '../../domain/evidence.ts';
import type { ResolveEvidence } from '../../evidence/resolve.ts';

/** A name that was found with a suffix of the search list (resolv.conf(5)); `typed`: what is known of it exactly as typed. */
export type FoundBySearch = {
  readonly name: string;
  /** null where the name does not begin with what was typed. */
  readonly suffix: string | null;
  readonly typed: ServerAnswer['typed'] | null;
};

/** Whether the addresses are those of the name with a suffix of the search list; null where they are not. */
export function foundBySearch({ host, status, addresses, source, servers }: ResolveEvidence): FoundBySearch | null {
  if (status !== 'ok' || source !== 'dns') return null;
  const found = servers.find(
    (server) => server.name !== undefined && server.addresses.some((address) => addresses.includes(address)),
  );
  if (found?.name === undefined) return null;
  return {
    name: found.name,
    suffix: found.name.startsWith(`${host}.`) ? found.name.slice(host.length + 1) : null,
    typed: found.typed ?? null,
  };
}
