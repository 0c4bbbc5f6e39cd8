import type { FirewallRule } from '../../domain/witness.ts';

const MANAGERS: readonly (readonly [RegExp, FirewallRule['manager']])[] = [
  [/^ufw6?-/, 'ufw'],
  [/^firewalld$|^(?:IN|FWD|PRE|POST)_|^filter_(?:IN|FWD)_|^(?:INPUT|FORWARD)_(?:ZONES|direct|POLICIES)/, 'firewalld'],
  [/^DOCKER|^docker-/, 'docker'],
  [/^KUBE-|^kube-proxy$/, 'kube-proxy'],
  [/^CILIUM_|^OLD_CILIUM/, 'cilium'],
  [/^cali-/, 'calico'],
];

/** Which program writes a chain, by the names that it gives to tables and chains; null for none that is known. */
export function managerOf(table: string, chain: string): FirewallRule['manager'] {
  return MANAGERS.find(([names]) => names.test(table) || names.test(chain))?.[1] ?? null;
}
