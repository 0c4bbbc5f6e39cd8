import type { ConnectAttempt } from '../../domain/evidence.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { Context } from '../context.ts';

/** Whether this machine itself refused to let a probe out (EPERM, EACCES). */
export function refusedToSend(evidence: Evidence): boolean {
  // A prohibit route of this machine refuses with the same errno, and is told as the route that it is.
  if (evidence.route?.error === 'EACCES' || evidence.route?.error === 'EPERM') return false;
  const errors = [
    evidence.ping?.localError,
    evidence.connect?.sideError,
    ...(evidence.ping?.others.map((other) => other.localError) ?? []),
    ...(evidence.connect?.attempts.filter(isFirewalls).map(({ error }) => error) ?? []),
    ...(evidence.resolve?.servers.map((server) => server.error) ?? []),
  ];
  return errors.some((error) => error === 'EPERM' || error === 'EACCES');
}

/**
 * Whether the connection attempts are known to have left this machine. Its own firewall drops a SYN without a word to
 * connect(): a raw SYN is told so, the kernel engine sees that none leaves, and an answer from the way shows that one did.
 */
export function leftThisMachine({ connect, portTrace, route }: Evidence, { target }: Context): boolean {
  if (connect?.icmpSeen === true) return true;
  const isOut = connect?.attempts.some(({ port, state }) => port === target.port && state === 'open');
  return (
    isOut === true || (portTrace?.hops.some(({ addresses }) => addresses.some((by) => by !== route?.source)) ?? false)
  );
}

/** Only a datagram is told of a firewall by EACCES; TCP gets that from a prohibit route. */
function isFirewalls({ state, protocol, error }: ConnectAttempt): boolean {
  return state === 'local-error' && (protocol === 'udp' || error !== 'EACCES');
}
