import { familyOf } from '../../../domain/address.ts';
import type { Answer, SendOptions } from '../../../domain/prober.ts';
import { wireAddress } from '../../../packet/address.ts';
import { readEcho } from '../../../packet/icmp-echo.ts';
import { ICMP_HEADER_BYTES } from '../../../packet/icmp-message.ts';
import { carriesCookie, contradicts, type EchoProbe, newCookie, payloadOf } from '../shared/echo-payload.ts';
import { type Flight, startFlight } from '../shared/probe-flight.ts';
import { zonedLike } from '../shared/zoned-like.ts';
import { arrivedMs, queuedIcmp } from './arrival.ts';
import { type EchoSocket, openEchoSocket } from './echo-socket.ts';
import { isHeldBack, noteDepartures } from './held-echo.ts';
import type { KernelLink } from './link.ts';
import type { KernelReceived } from './receive.ts';
import type { Departed } from './socket.ts';
import { sendUnfragmented } from './unfragmented-echo.ts';

const LARGEST_WORD = 0xffff;
/** How long the socket of a settled echo stays open, to know its duplicates, and how many of them do. */
const REMEMBERED_MS = 5000;
const MOST_REMEMBERED = 128;

export type KernelEchoes = {
  send(probe: EchoProbe, options: SendOptions): Promise<Answer>;
  close(): void;
};

type Sent = { readonly echo: EchoSocket; readonly flight: Flight; readonly at: Departed; readonly sequence: number };

/**
 * Sends echoes, each from a socket of its own: an ICMP error of one would make the next fail to be sent. The kernel gives
 * each socket an identifier of its own; cookie, sequence number and source are checked here.
 */
export function createKernelEchoes(link: KernelLink): KernelEchoes {
  const cookie = newCookie();
  const open = new Set<Sent>();
  let sequence = 0;

  const forgetOld = (): void => {
    const nowMs = link.clock.nowMs();
    const settled = [...open].filter(({ flight }) => !flight.isPending());
    const surplus = settled.length - MOST_REMEMBERED;
    settled.forEach((sent, index) => {
      if (index < surplus || nowMs - (sent.flight.settledAtMs() ?? nowMs) > REMEMBERED_MS) end(sent);
    });
  };
  const end = (sent: Sent): void => {
    open.delete(sent);
    sent.echo.socket.close();
  };

  return {
    async send(probe, options) {
      forgetOld();
      const family = familyOf(probe.to);
      const opened = openEchoSocket(link, family, probe.to);
      if (opened.kind === 'refused') return { kind: 'local-error', code: opened.code };
      const { identifier } = opened;
      const isUnfragmented = family === 4 && probe.dontFragment;
      opened.socket.setTtl(probe.ttl);
      opened.socket.setDontFragment(probe.dontFragment && !isUnfragmented);
      sequence = sequence === LARGEST_WORD ? 1 : sequence + 1;
      const payload = payloadOf(probe, cookie, identifier + sequence);
      const bytes = opened.encode({ identifier, sequence, payload });
      const isQuiet = family === 6 && opened.type === 'datagram';
      if (isQuiet) noteDepartures(opened.socket);
      const { echo, sending } = isUnfragmented
        ? sendUnfragmented(link, opened, { to: probe.to, ttl: probe.ttl, bytes })
        : { echo: opened, sending: opened.socket.send(bytes, probe.to, 0) };
      const { socket } = echo;
      if (sending.kind === 'refused') {
        socket.close();
        return { kind: 'local-error', code: sending.code };
      }
      const flight = startFlight(probe, options, {
        clock: link.clock,
        sentAtMs: sending.at.atMs,
        beforeSilence: link.reactor.drain,
        onSettled: () => {},
      });
      const sent: Sent = { echo, flight, at: sending.at, sequence };
      open.add(sent);
      if (isQuiet && isHeldBack(link, socket, probe.to, (received) => hear(link, sent, cookie, received))) {
        flight.refuse('EPERM');
      }
      socket.watch('readable', () => {
        socket.read((received) => hear(link, sent, cookie, received));
        // What stands in no queue would call back for ever.
        socket.takeError();
      });
      return flight.answered;
    },
    close() {
      for (const sent of [...open]) {
        sent.flight.giveUp();
        end(sent);
      }
    },
  };
}

function hear(link: KernelLink, sent: Sent, cookie: Uint8Array, received: KernelReceived): void {
  const { echo, flight, at, sequence } = sent;
  const { identifier, socket } = echo;
  const { target, probe } = flight;
  if (received.from === null || wireAddress(received.from.address) !== target) return;
  const atMs = arrivedMs(link, at, received.stampMs);
  if (received.error === null) {
    const reply = echo.decode(received.bytes);
    if (reply === null || reply.identifier !== identifier || reply.sequence !== sequence) return;
    if (!carriesCookie(reply, probe, cookie)) return;
    flight.arrive({ kind: 'reply', from: zonedLike(target, probe.to), replyTtl: received.ttl }, atMs);
    return;
  }
  const queued = queuedIcmp(socket.family, received, 0);
  if (queued === null || queued.quoted.length < ICMP_HEADER_BYTES) return;
  const quote = readEcho(queued.quoted);
  if (quote.identifier !== identifier || quote.sequence !== sequence || contradicts(quote, cookie)) return;
  const { error, mtu, replyTtl, told } = queued;
  const from = zonedLike(error.from, probe.to);
  flight.arrive({ kind: 'icmp-error', error: { ...error, from }, mtu, replyTtl, ...told }, atMs);
}
