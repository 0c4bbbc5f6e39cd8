import { type Family, familyOf, type IpAddress } from '../../domain/address.ts';
import type { ReportTarget, Target } from '../../domain/target.ts';
import type { ResolveEvidence } from '../../evidence/resolve.ts';
import type { RouteEvidence } from '../../evidence/route.ts';
import { resolve } from '../../probe/resolve/resolve.ts';
import { route } from '../../probe/route.ts';
import type { SessionPorts } from '../../session/tasks/session-ports.ts';

export type FoundAddress = {
  readonly target: ReportTarget;
  /** null where the name has none. */
  readonly address: IpAddress | null;
  /** Settles when every resolver has had its say, which nobody needs to wait for. */
  readonly resolve: Promise<ResolveEvidence>;
  readonly route: RouteEvidence | null;
};

const HOSTS_GRACE_MS = 500;

/** Looks the target up and takes the first address that this machine has a way to, else the first: what a client would try. */
export async function findAddress(
  { target, families }: { readonly target: Target; readonly families: readonly Family[] },
  ports: Pick<SessionPorts, 'resolver' | 'machine' | 'clock'>,
  signal: AbortSignal,
): Promise<FoundAddress> {
  let tell: (addresses: readonly IpAddress[]) => void = () => undefined;
  const told = new Promise<readonly IpAddress[]>((settle) => {
    tell = settle;
  });
  const lookUp = resolve({ target, families, graceMs: HOSTS_GRACE_MS, patienceMs: 0 }, ports, signal, (event) => {
    if (event.kind === 'addresses') tell(event.addresses);
  });
  const resolved = lookUp.then((found) => (signal.aborted ? { ...found, cutShort: true as const } : found));
  const addresses = await Promise.race([told, resolved.then((found) => found.addresses)]);
  const address = (await firstWithWay(addresses, ports, signal)) ?? addresses[0] ?? null;
  const { input, scheme, host, port } = target;
  return {
    target: { input, scheme, host, port, address, family: address === null ? null : familyOf(address) },
    address,
    resolve: resolved,
    route: address === null ? null : await route({ to: address, families, others: addresses }, ports, signal),
  };
}

/** Of a single address the way is looked at only once, by the caller: each look may start a tool of the system. */
async function firstWithWay(
  addresses: readonly IpAddress[],
  { machine }: Pick<SessionPorts, 'machine'>,
  signal: AbortSignal,
): Promise<IpAddress | undefined> {
  if (addresses.length < 2) return addresses[0];
  const ways = await Promise.all(addresses.map((each) => machine.route(each, signal)));
  return addresses.find((_, index) => ways[index]?.kind === 'route');
}
