import type { KernelLink } from '../kernel/link.ts';
import { FAMILY_OPTION, OPTION } from '../kernel/options.ts';
import { type KernelSocket, openSocket, SOCKET_TYPE } from '../kernel/socket.ts';
import type { Channel, ChannelOptions, Channels } from './channel.ts';
import { icmpFilter, icmpProtocol, RECEIVE_BUFFER_BYTES } from './options.ts';

/** Bounds one drain, so that a flood from the network cannot hold the event loop. */
const DRAIN_READS = 4;
/** A packet waits this long at most until it is read; more is a clock that was set meanwhile. */
const LONGEST_WAIT_MS = 10_000;

/**
 * Raw sockets of the C library, which raw-socket's are as well, read with what the kernel tells beside each packet: the
 * hop limit of IPv6 (RFC 3542, 4 and 6.3) and the time at which it came.
 */
export function kernelChannels(link: KernelLink): Channels {
  return {
    open(options) {
      const { family, protocol } = options;
      const socket = openSocket(link, { family, type: SOCKET_TYPE.raw, protocol });
      if (socket.kind === 'refused') return socket;
      // ICMP errors come as packets here; in the error queue they would fail the next send.
      socket.set(FAMILY_OPTION[family].receiveErrors, 0);
      // Past the system's limit where that is permitted, else as much as net.core.rmem_max allows.
      if (!socket.set(OPTION.receiveBufferForce, RECEIVE_BUFFER_BYTES)) {
        socket.set(OPTION.receiveBuffer, RECEIVE_BUFFER_BYTES);
      }
      if (protocol === icmpProtocol(family)) socket.set(FAMILY_OPTION[family].filter, icmpFilter(family));
      // It hears the reports of large probes before it has sent anything itself.
      socket.setDontFragment(false);
      return channelOn(socket, options, link);
    },
    close: () => link.reactor.close(),
  };
}

function channelOn(socket: KernelSocket, { onReceived }: ChannelOptions, link: KernelLink): Channel {
  const { clock } = link;
  let isOpen = true;
  let ttl: number | null = null;
  let dontFragment = false;
  const read = (): void =>
    socket.read(({ bytes, from, ttl: hopLimit, stampMs }) => {
      if (from === null) return;
      const waitedMs = stampMs === null ? 0 : link.stampMs() - stampMs;
      const isBelievable = waitedMs >= 0 && waitedMs < LONGEST_WAIT_MS;
      onReceived({ bytes, from: from.address, atMs: clock.nowMs() - (isBelievable ? waitedMs : 0), hopLimit });
    });
  socket.watch('readable', read);
  return {
    kind: 'open',
    send(bytes, to, how) {
      if (!isOpen) return { kind: 'refused', code: 'EBADF' };
      if (ttl !== how.ttl) socket.setTtl(how.ttl);
      ttl = how.ttl;
      if (dontFragment !== how.dontFragment) socket.setDontFragment(how.dontFragment);
      dontFragment = how.dontFragment;
      const sending = socket.send(bytes, to, 0);
      return sending.kind === 'sent' ? { kind: 'sent', atMs: sending.at.atMs } : sending;
    },
    drain() {
      for (let reads = 0; reads < DRAIN_READS && isOpen; reads += 1) read();
    },
    isOpen: () => isOpen,
    close() {
      isOpen = false;
      socket.close();
    },
  };
}
