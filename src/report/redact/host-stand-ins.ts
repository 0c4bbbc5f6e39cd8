/**
 * Stand-ins for names of hosts, in lower case. Where a wildcard of a certificate covers one of them, its stand-in covers
 * the other's, so that a replay comes to the same.
 */
export function hostStandIns(hosts: readonly string[]): readonly (readonly [host: string, standIn: string])[] {
  const parents = hosts.flatMap((host) => (host.startsWith('*.') ? [host.slice(2)] : []));
  const plain = hosts.filter((host) => !host.startsWith('*.'));
  const covered = (host: string) =>
    parents.find((parent) => parent.includes('.') && host.slice(host.indexOf('.') + 1) === parent);
  const distinct = [...new Set([...parents, ...plain])];
  const bare = new Map(distinct.map((host, index) => [host, `host-${index + 1}.example`]));
  const standInOf = (host: string, standIn: string) => {
    const above = bare.get(covered(host) ?? '');
    return above === undefined ? standIn : `${standIn.replace(/\..*$/u, '')}.${above}`;
  };
  return [
    ...[...bare].map(([host, standIn]) => [host, standInOf(host, standIn)] as const),
    ...parents.map((parent) => [`*.${parent}`, `*.${standInOf(parent, bare.get(parent) ?? '')}`] as const),
  ];
}
