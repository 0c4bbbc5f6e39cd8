import { DEFAULT_ECHO_BYTES, lackOf } from '../../domain/prober.ts';
import type { RouteEvidence } from '../../evidence/route.ts';
import { neighbour } from '../../probe/neighbour.ts';
import type { TaskContext } from './context.ts';
import { GATEWAY_ECHO_TIMEOUT_MS, GATEWAY_ECHOES, NEIGHBOUR_SETTLE_MS } from './pace.ts';

type GatewayEcho = NonNullable<RouteEvidence['gatewayEcho']>;

/** The next hop's entry in the neighbour table, once packets have made the kernel look for it, and what the link counted. */
export async function neighbourTask(context: TaskContext): Promise<void> {
  const { ports, signal, known, signs, job, over, record } = context;
  await job('route');
  const { route } = known.evidence;
  if (route === undefined || route.status !== 'ok') return;
  if (known.primary !== null && ports.prober !== null) await Promise.race([job('trace'), over]);
  const until = AbortSignal.any([signal, signs.heard.signal]);
  const watched = await neighbour({ route, settleMs: NEIGHBOUR_SETTLE_MS }, ports, until);
  // A packet to one that is being looked for would begin the search anew.
  const isAsked = !signs.heard.signal.aborted && watched.neighbour !== 'failed' && watched.neighbour !== 'incomplete';
  const gatewayEcho = isAsked ? await echoGateway(context, watched) : null;
  const more = await lookAgain(context, watched);
  record({ route: { ...watched, ...more, ...(gatewayEcho !== null && { gatewayEcho }) } });
}

/** Asks the gateway, or one on the link of a target that is on it, whether it answers for itself. */
async function echoGateway(
  { ports, signal }: TaskContext,
  { gateway, gateways = [], claims = [] }: RouteEvidence,
): Promise<GatewayEcho | null> {
  const { prober } = ports;
  // Of a target on the link, what matters is the gateway's link-layer address: whoever could ask for it need not send.
  const others = gateways.filter(
    (each) => !claims.some((claim) => claim.address === each && claim.linkAddresses.length > 0),
  );
  const address = gateway ?? others[0];
  if (address === undefined || prober === null || lackOf(prober, 'echo') !== null) return null;
  const common = { kind: 'echo', ttl: null, payloadBytes: DEFAULT_ECHO_BYTES, dontFragment: false } as const;
  const send = () => prober.send({ ...common, to: address, timeoutMs: GATEWAY_ECHO_TIMEOUT_MS }, { signal });
  const answers = await Promise.all(Array.from({ length: GATEWAY_ECHOES }, send));
  const sent = answers.filter(({ kind }) => kind !== 'local-error').length;
  return { address, sent, received: answers.filter(({ kind }) => kind === 'reply').length };
}

/** The entry as it is by now, and what left and came by the interface since the start. */
async function lookAgain({ ports, signal, known }: TaskContext, route: RouteEvidence): Promise<Partial<RouteEvidence>> {
  const { links } = ports.machine;
  if (links === undefined || route.interface === null) return {};
  const entry = await links.entry(route.gateway ?? route.to, route.interface, signal);
  const counters = (await links.counters(signal))?.get(route.interface);
  const before = known.countersBefore?.get(route.interface);
  return {
    ...(entry !== null && { entry }),
    ...(route.link !== undefined &&
      counters !== undefined &&
      before !== undefined && {
        link: {
          ...route.link,
          sentPackets: counters.sent - before.sent,
          receivedPackets: counters.received - before.received,
        },
      }),
  };
}
