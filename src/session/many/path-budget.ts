import type { IpAddress } from '../../domain/address.ts';
import type { Clock } from '../../domain/ports.ts';
import type { PathBudget } from '../tasks/session-ports.ts';

/**
 * A Linux router answers six errors in a row to one address and then one a second (icmp_ratelimit, and the burst of
 * inet_peer_xrlim_allow), over all targets together. A trace asks one of each router on its way; one is left for what
 * routers say unasked.
 */
const BURST = 5;
const REFILL_MS = 1000;
/** A trace that has not begun by then would end after everything else of its run. */
const PATIENCE_MS = 5000;

type Waiting = { readonly network: string; readonly go: (granted: boolean) => void };

/**
 * The traces of a run, paced by the gateway through which they leave: the routers behind it may be the same for all. Of
 * those that wait, the one whose network has been traced least goes first: neighbours mostly share their path.
 */
export function createPathBudget(clock: Pick<Clock, 'nowMs' | 'sleep'>): PathBudget {
  const gateways = new Map<string, ReturnType<typeof createGate>>();
  return {
    async grant(gateway, to, signal) {
      const key = gateway ?? 'link';
      const gate = gateways.get(key) ?? createGate(clock);
      gateways.set(key, gate);
      if (signal.aborted) return false;
      const waiting = new AbortController();
      const patience = clock.sleep(PATIENCE_MS, AbortSignal.any([signal, waiting.signal])).then(() => false);
      const { granted, leave } = gate.enter(networkOf(to));
      const isGranted = await Promise.race([granted, patience]);
      waiting.abort();
      if (!isGranted) leave();
      return isGranted;
    },
  };
}

function createGate(clock: Pick<Clock, 'nowMs' | 'sleep'>) {
  const traced = new Map<string, number>();
  let queue: readonly Waiting[] = [];
  let tokens = BURST;
  let filledMs = clock.nowMs();
  let isDraining = false;

  const refill = () => {
    const gained = Math.floor((clock.nowMs() - filledMs) / REFILL_MS);
    tokens = Math.min(BURST, tokens + gained);
    filledMs += gained * REFILL_MS;
  };
  const next = (): Waiting | undefined =>
    queue.toSorted((a, b) => (traced.get(a.network) ?? 0) - (traced.get(b.network) ?? 0))[0];

  const drain = async (): Promise<void> => {
    if (isDraining) return;
    isDraining = true;
    for (let first = next(); first !== undefined; first = next()) {
      refill();
      if (tokens <= 0) {
        await clock.sleep(Math.max(1, filledMs + REFILL_MS - clock.nowMs()), new AbortController().signal);
        continue;
      }
      tokens -= 1;
      const taken = first;
      queue = queue.filter((each) => each !== taken);
      traced.set(taken.network, (traced.get(taken.network) ?? 0) + 1);
      taken.go(true);
    }
    isDraining = false;
  };

  return {
    enter(network: string): { readonly granted: Promise<boolean>; readonly leave: () => void } {
      let go: (granted: boolean) => void = () => undefined;
      const granted = new Promise<boolean>((settle) => {
        go = settle;
      });
      const waiting = { network, go };
      queue = [...queue, waiting];
      // Those that come at the same moment are compared before the first of them goes.
      queueMicrotask(() => void drain());
      return {
        granted,
        leave: () => {
          queue = queue.filter((each) => each !== waiting);
        },
      };
    },
  };
}

/** The network of an address by the usual size: 24 bits of IPv4, 64 of IPv6. */
export function networkOf(address: IpAddress): string {
  if (!address.includes(':')) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  const [bare = ''] = address.split('%');
  const [head = '', tail] = bare.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const missing = 8 - groups.length - (tail ?? '').split(':').filter((group) => group !== '').length;
  const full = tail === undefined ? groups : [...groups, ...Array.from({ length: missing }, () => '0')];
  return `${full.slice(0, 4).join(':')}::/64`;
}
