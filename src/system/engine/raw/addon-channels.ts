import type { RawSocket } from 'raw-socket';
import type { IpAddress } from '../../../domain/address.ts';
import type { Clock } from '../../../domain/ports.ts';
import type { Channel, ChannelOptions, Channels } from './channel.ts';
import { errnoOf } from './errno.ts';
import { enlargeReceiveBuffer, filterIcmp, icmpProtocol, setDontFragment, setTtl } from './options.ts';
import type { RawModule } from './socket.ts';

/** The largest packet that there is: a smaller buffer would cut larger ones silently. */
const BUFFER_BYTES = 65_536;
/** Bounds one drain, so that a flood from the network cannot hold the event loop. */
const DRAIN_PACKETS = 256;

/** Raw sockets of the package raw-socket. They do not see the hop limit of IPv6, and the time is that of the event loop. */
export function addonChannels(module: RawModule, clock: Clock): Channels {
  return {
    open(options) {
      try {
        return channelOn(openSocket(module, options), options, clock);
      } catch (error) {
        return { kind: 'refused', code: errnoOf(error) };
      }
    },
    close: () => {},
  };
}

function openSocket(module: RawModule, { family, protocol }: ChannelOptions): RawSocket {
  const addressFamily = family === 4 ? 1 : 2;
  const socket = module.createSocket({ protocol, addressFamily, bufferSize: BUFFER_BYTES });
  try {
    enlargeReceiveBuffer(socket);
    if (protocol === icmpProtocol(family)) filterIcmp(socket, family);
    // It hears the reports of large probes before it has sent anything itself.
    setDontFragment(socket, family, false);
  } catch (error) {
    socket.close();
    throw error;
  }
  return socket;
}

function channelOn(socket: RawSocket, { family, onReceived }: ChannelOptions, clock: Clock): Channel {
  const drained = Buffer.alloc(BUFFER_BYTES);
  let isOpen = true;
  let ttl: number | null = null;
  let dontFragment = false;

  const receive = (bytes: Uint8Array, from: IpAddress): void => {
    const atMs = clock.nowMs();
    try {
      onReceived({ bytes, from, atMs, hopLimit: null });
    } catch (bug) {
      // raw-socket would turn it into an `error` event of the socket, and nobody would hear of it.
      setImmediate(() => {
        throw bug;
      });
    }
    // Node 26 runs promise jobs that a native callback queued only at the next timer or I/O, unless something is due.
    setImmediate(() => {});
  };
  socket.on('message', receive);
  // Reports what cannot matter (a packet that `drain` has already read) or comes before a `close`.
  socket.on('error', () => {});
  socket.on('close', () => {
    isOpen = false;
  });
  return {
    kind: 'open',
    send(bytes, to, how) {
      // raw-socket would open a new socket for it, without options, and never close it.
      if (!isOpen) return { kind: 'refused', code: 'EBADF' };
      try {
        if (ttl !== how.ttl) setTtl(socket, family, how.ttl);
        ttl = how.ttl;
        if (dontFragment !== how.dontFragment) setDontFragment(socket, family, how.dontFragment);
        dontFragment = how.dontFragment;
        const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const atMs = clock.nowMs();
        // Not `socket.send`: it sends one packet a turn of the event loop, and none while packets arrive.
        socket.wrap.send(buffer, 0, buffer.length, to, () => {});
        return { kind: 'sent', atMs };
      } catch (error) {
        return { kind: 'refused', code: errnoOf(error) };
      }
    },
    drain() {
      try {
        for (let count = 0; count < DRAIN_PACKETS && isOpen; count += 1) {
          socket.wrap.recv(drained, (buffer, bytes, from) => receive(buffer.subarray(0, bytes), from));
        }
      } catch {
        // Nothing waits: raw-socket says so by throwing EAGAIN.
      }
    },
    isOpen: () => isOpen,
    close() {
      if (!isOpen) return;
      isOpen = false;
      socket.close();
    },
  };
}
