import { sh } from './exec.ts';
import { ip } from './ip.ts';
import { type Namespace, newNamespaces } from './namespaces.ts';

/**
 * Namespaces that share one Ethernet, `10.9.0.0/24` and `fd09::/64`, by a bridge in a namespace of its own: each has its
 * interface `eth0` there, with the number as the last part of its address.
 */
export function lan<Role extends string>(members: Readonly<Record<Role, number>>): Readonly<Record<Role, Namespace>> {
  const roles = Object.keys(members) as Role[];
  const [bridge = '', ...names] = newNamespaces(['lan', ...roles]);
  for (const name of [bridge, ...names]) {
    ip('netns', 'add', name);
    ip('-n', name, 'link', 'set', 'lo', 'up');
    // A link-local address that is still being tried out asks for no neighbour: the first packet would take a second.
    sh(name, 'for scope in all default; do echo 0 > /proc/sys/net/ipv6/conf/$scope/accept_dad; done');
  }
  ip('-n', bridge, 'link', 'add', 'br0', 'type', 'bridge');
  ip('-n', bridge, 'link', 'set', 'br0', 'up');
  const entries = roles.map((role, index) => [role, names[index] ?? ''] as const);
  entries.forEach(([role, name], index) => {
    ip('link', 'add', 'eth0', 'netns', name, 'type', 'veth', 'peer', 'name', `p${index}`, 'netns', bridge);
    ip('-n', bridge, 'link', 'set', `p${index}`, 'master', 'br0', 'up');
    ip('-n', name, 'addr', 'add', `10.9.0.${members[role]}/24`, 'dev', 'eth0');
    ip('-n', name, 'addr', 'add', `fd09::${members[role]}/64`, 'dev', 'eth0', 'nodad');
    ip('-n', name, 'link', 'set', 'eth0', 'up');
  });
  return Object.fromEntries(entries) as Readonly<Record<Role, Namespace>>;
}

/** A further link between two namespaces, with addresses (prefix included) at both ends. */
export function link(
  [near, nearEnd, nearAddress]: readonly [Namespace, string, string],
  [far, farEnd, farAddress]: readonly [Namespace, string, string],
): void {
  ip('link', 'add', nearEnd, 'netns', near, 'type', 'veth', 'peer', 'name', farEnd, 'netns', far);
  for (const [name, end, address] of [
    [near, nearEnd, nearAddress],
    [far, farEnd, farAddress],
  ] as const) {
    ip('-n', name, 'addr', 'add', address, 'dev', end, ...(address.includes(':') ? ['nodad'] : []));
    ip('-n', name, 'link', 'set', end, 'up');
  }
}
