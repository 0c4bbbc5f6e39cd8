import koffi from 'koffi';

const libc = koffi.load('libc.so.6');
const socket = libc.func('int socket(int domain, int type, int protocol)');
const bind = libc.func('int bind(int fd, const void *address, uint32_t size)');
const setsockopt = libc.func('int setsockopt(int fd, int level, int name, const void *value, uint32_t size)');
const recv = libc.func('long recv(int fd, void *buffer, size_t size, int flags)');
const send = libc.func('long send(int fd, const void *buffer, size_t size, int flags)');
const ifNameToIndex = libc.func('unsigned int if_nametoindex(const char *name)');

const AF_PACKET = 17;
const SOCK_RAW = 3;
const ETH_P_ALL = 0x0003;
const SOL_SOCKET = 1;
const SO_RCVBUFFORCE = 33;
const SOL_PACKET = 263;
const PACKET_VNET_HDR = 15;
const PACKET_IGNORE_OUTGOING = 23;
const LARGEST_FRAME_BYTES = 70_000;
/** Room for what arrives while a busy machine lets this process wait: a wire loses only what it is told to lose. */
const RECEIVE_BUFFER_BYTES = 8 * 1024 * 1024;

/** Length of what precedes the frame when offloads are kept (struct virtio_net_hdr). */
export const VNET_HEADER_BYTES = 10;

export type PacketSocket = {
  /** Calls back for each frame that arrives on the interface, for ever. The bytes are a copy. */
  listen(onFrame: (frame: Buffer) => void): void;
  send(frame: Uint8Array): void;
};

/**
 * A socket for whole Ethernet frames of one interface (packet(7)). With `vnetHeader` frames carry the kernel's notes on
 * unfinished checksums and segments, so that a frame may be passed on as it is.
 */
export function openPacketSocket(interfaceName: string, options: { readonly vnetHeader: boolean }): PacketSocket {
  const fd: number = check('socket', socket(AF_PACKET, SOCK_RAW, 0));
  const one = Buffer.from([1, 0, 0, 0]);
  check('PACKET_IGNORE_OUTGOING', setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, one, 4));
  const room = Buffer.alloc(4);
  room.writeInt32LE(RECEIVE_BUFFER_BYTES);
  // Root of a user namespace may not; it has the default then.
  setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, room, 4);
  if (options.vnetHeader) check('PACKET_VNET_HDR', setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, one, 4));
  const address = Buffer.alloc(20);
  address.writeUInt16LE(AF_PACKET, 0);
  address.writeUInt16BE(ETH_P_ALL, 2);
  address.writeInt32LE(check('if_nametoindex', ifNameToIndex(interfaceName) || -1), 4);
  check('bind', bind(fd, address, address.length));
  const buffer = Buffer.alloc(LARGEST_FRAME_BYTES);
  return {
    listen(onFrame) {
      const next = (): void => {
        recv.async(fd, buffer, buffer.length, 0, (error: Error | null, bytes: number) => {
          if (error !== null || bytes < 0) throw error ?? new Error(`recv failed with errno ${koffi.errno()}`);
          onFrame(Buffer.from(buffer.subarray(0, bytes)));
          next();
        });
      };
      next();
    },
    // A full queue loses the frame, as a full queue anywhere does.
    send: (frame) => void send(fd, frame, frame.length, 0),
  };
}

function check(call: string, result: number): number {
  if (result < 0) throw new Error(`${call} failed with errno ${koffi.errno()}`);
  return result;
}
