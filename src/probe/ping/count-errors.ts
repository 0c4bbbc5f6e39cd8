import type { CountedIcmpError, IcmpError } from '../../domain/icmp-error.ts';

/** Equal errors (kind, sender, type and code) counted together, in the order of their first appearance. */
export function countErrors(errors: readonly IcmpError[]): readonly CountedIcmpError[] {
  const counted = new Map<string, CountedIcmpError>();
  for (const { kind, from, type, code } of errors) {
    const key = `${kind} ${from} ${type} ${code}`;
    counted.set(key, { kind, from, type, code, count: (counted.get(key)?.count ?? 0) + 1 });
  }
  return [...counted.values()];
}
