import type { ResolverConfig } from './resolver-config.ts';

/** A full name to ask for, without the dot at its end. `asTyped`: no search domain was added. */
export type Candidate = { readonly name: string; readonly asTyped: boolean };

const LONGEST_NAME = 253;

/** The names that the C library would ask for, in its order (res_nsearch: resolv.conf(5), `search` and `ndots`). */
export function candidatesFor(host: string, config: ResolverConfig): readonly Candidate[] {
  if (host.endsWith('.')) return [{ name: host.slice(0, -1), asTyped: true }];
  const dots = host.split('.').length - 1;
  const searched = config.search
    .map((domain) => ({ name: `${host}.${domain}`, asTyped: false }))
    .filter(({ name }) => name.length <= LONGEST_NAME);
  const typed = { name: host, asTyped: true };
  if (dots >= config.ndots) return [typed, ...searched];
  return dots === 0 && config.noTldQuery && searched.length > 0 ? searched : [...searched, typed];
}
