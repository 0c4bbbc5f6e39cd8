import type { RawSocket } from 'raw-socket';
import type { Family, IpAddress } from '../domain/address.ts';
import type { Clock } from '../domain/ports.ts';
import { errnoOf } from './raw-errno.ts';
import { enlargeReceiveBuffer, setDontFragment, setTtl } from './raw-options.ts';
import type { RawModule } from './raw-socket.ts';

/** The largest packet that there is: a smaller buffer would cut larger ones silently. */
const BUFFER_BYTES = 65_536;
/** Bounds one drain, so that a flood from the network cannot hold the event loop. */
const DRAIN_PACKETS = 256;

/** One packet as raw-socket gives it: from the IP header on in IPv4, from behind it in IPv6. `bytes` is reused afterwards. */
export type Received = { readonly bytes: Uint8Array; readonly from: IpAddress; readonly atMs: number };

type Departure = { readonly kind: 'sent'; readonly atMs: number } | { readonly kind: 'refused'; readonly code: string };

type SendHow = { readonly ttl: number | null; readonly dontFragment: boolean };

/** One raw socket. */
export type Channel = {
  readonly kind: 'open';
  /** Hands the packet to the kernel before it returns; `refused` with an errno name where the kernel will not. */
  send(bytes: Uint8Array, to: IpAddress, how: SendHow): Departure;
  /** Reads what already waits in the socket. */
  drain(): void;
  isOpen(): boolean;
  close(): void;
};

export type OpenedChannel = Channel | { readonly kind: 'refused'; readonly code: string };

type ChannelOptions = {
  readonly module: RawModule;
  readonly clock: Clock;
  readonly family: Family;
  readonly protocol: number;
  readonly onReceived: (received: Received) => void;
  /** Set up before anything is received. */
  readonly prepare?: (socket: RawSocket) => void;
};

/** Opens a raw socket, or says with an errno name why this machine does not. */
export function openChannel(options: ChannelOptions): OpenedChannel {
  try {
    return channelOn(openSocket(options), options);
  } catch (error) {
    return { kind: 'refused', code: errnoOf(error) };
  }
}

function openSocket({ module, family, protocol, prepare }: ChannelOptions): RawSocket {
  const addressFamily = family === 4 ? 1 : 2;
  const socket = module.createSocket({ protocol, addressFamily, bufferSize: BUFFER_BYTES });
  try {
    enlargeReceiveBuffer(socket);
    prepare?.(socket);
  } catch (error) {
    socket.close();
    throw error;
  }
  return socket;
}

function channelOn(socket: RawSocket, { clock, family, onReceived }: ChannelOptions): Channel {
  const drained = Buffer.alloc(BUFFER_BYTES);
  let isOpen = true;
  let ttl: number | null = null;
  let dontFragment: boolean | null = null;

  const receive = (bytes: Uint8Array, from: IpAddress): void => {
    const atMs = clock.nowMs();
    try {
      onReceived({ bytes, from, atMs });
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
