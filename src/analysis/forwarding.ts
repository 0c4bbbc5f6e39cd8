import { familyOf } from '../domain/address.ts';
import type { ConnectAttempt, Listener } from '../domain/evidence.ts';
import type { Evidence } from '../evidence/kinds.ts';

/**
 * Programs of container runtimes that hold a published port while rules of the kernel (DNAT) pass on what comes from
 * elsewhere: a refusal or a silence is then not theirs.
 */
const BESIDE_RULES: ReadonlySet<string> = new Set(['docker-proxy', 'kube-proxy']);

/** Programs that take a connection and only then open the one behind it; names as the kernel cuts them (15 bytes). */
const FORWARDERS: ReadonlySet<string> = new Set([
  ...BESIDE_RULES,
  'rootlessport',
  'rootlesskit',
  'slirp4netns',
  'pasta',
  'pasta.avx2',
  'passt',
  'passt.avx2',
  'socat',
  'haproxy',
  'ssh',
]);

/**
 * How long an ICMP host unreachable takes at the least where a host looked in vain for the machine behind it (ARP and ND
 * ask three times, a second apart). Of IPv6 connect() is told of any error with the first retransmission alone, after 1 s.
 */
const MIN_SEARCH_MS = { 4: 800, 6: 1800 } as const;

/** Whether a listener is known to pass on what it gets: by the kernel beside it, or itself once it has let it in. */
export function isForwarder({ process }: Pick<Listener, 'process'>, isLetIn: boolean): boolean {
  return process !== null && (isLetIn ? FORWARDERS : BESIDE_RULES).has(process);
}

/** Whether the trace to the port went on behind the target: the target routed what it was asked, and did not take it. */
export function isPortTranslated({ portTrace }: Evidence): boolean {
  return portTrace?.oddities?.includes('expired-at-target') === true;
}

/**
 * Whether the target itself said, and not at once, that a host is unreachable: it looked for one behind it in vain. A rule
 * that rejects does so at once.
 */
export function isTargetSearching({ address, icmp, ms }: ConnectAttempt): boolean {
  return (
    icmp?.kind === 'host-unreachable' && icmp.from === address && ms !== null && ms >= MIN_SEARCH_MS[familyOf(address)]
  );
}
