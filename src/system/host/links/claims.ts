import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { familyOf, type IpAddress, withoutZone } from '../../../domain/address.ts';
import type { LinkClaims } from '../../../domain/links.ts';
import { loadKoffi } from '../../engine/kernel/koffi.ts';
import { bindLibc, type Libc } from '../../engine/kernel/libc.ts';
import { openNetlink } from '../../sockets/netlink.ts';
import { isLinkLocal } from '../interfaces/machine-address.ts';
import { readDevices } from './devices.ts';
import { arpProbe, claimInAdvertisement, claimInArp, solicitation } from './frames.ts';

// packet(7), linux/if_ether.h, linux/if_arp.h
const AF_PACKET = 17;
const SOCK_RAW_CLOEXEC = 3 | 0o2000000;
const ETHERTYPE = { 4: 0x0806, 6: 0x86dd } as const;
const SOCKADDR_LL_BYTES = 20;
const ARPHRD_ETHER = 1;
const MSG_DONTWAIT = 0x40;
const LARGEST_FRAME_BYTES = 2048;
const POLL_MS = 10;
/** Asked again once: a frame may be lost. */
const REPEAT_MS = 60;

type Asked = readonly Pick<LinkClaims, 'address' | 'of'>[];

/** See Links.claims. Needs CAP_NET_RAW, and a link of Ethernet frames. */
export async function claimsOn(
  asked: Asked,
  interfaceName: string,
  listenMs: number,
  signal: AbortSignal,
): Promise<readonly LinkClaims[] | null> {
  const first = asked[0];
  if (process.platform !== 'linux' || first === undefined) return null;
  const [loaded, netlink] = [await loadKoffi(), await openNetlink()];
  if (loaded.kind !== 'loaded' || netlink === null) return null;
  const devices = (await readDevices(netlink, signal)) ?? [];
  const device = devices.find(({ name }) => name === interfaceName);
  // This machine answers on a link for all of its addresses, also by a further interface of its own.
  const ours = new Set(devices.map(({ linkAddress }) => linkAddress));
  if (device?.linkAddress == null || device.hardware !== ARPHRD_ETHER) return null;
  const family = familyOf(first.address);
  const own = Buffer.from(device.linkAddress.replaceAll(':', ''), 'hex');
  const source = family === 6 ? linkLocalOf(interfaceName) : null;
  if (family === 6 && source === null) return null;
  const libc = bindLibc(loaded.koffi);
  const fd = libc.socket(AF_PACKET, SOCK_RAW_CLOEXEC, 0);
  if (fd < 0) return null;
  try {
    const at = Buffer.alloc(SOCKADDR_LL_BYTES);
    at.writeUInt16LE(AF_PACKET, 0);
    at.writeUInt16BE(ETHERTYPE[family], 2);
    at.writeInt32LE(device.index, 4);
    if (libc.bind(fd, at, at.length) < 0) return null;
    const frames = asked.map(({ address }) => {
      const bare = withoutZone(address);
      return source === null ? arpProbe(own, bare) : solicitation(own, source, bare);
    });
    const heard = await ask(libc, fd, frames, family === 4 ? claimInArp : claimInAdvertisement, listenMs, signal);
    return asked.map(({ address, of }) => {
      const bare = withoutZone(address);
      const from = heard.filter((claim) => claim.address === bare && !ours.has(claim.linkAddress));
      return { address, of, linkAddresses: [...new Set(from.map(({ linkAddress }) => linkAddress))] };
    });
  } finally {
    libc.close(fd);
  }
}

type Claim = { readonly address: IpAddress; readonly linkAddress: string };

async function ask(
  libc: Libc,
  fd: number,
  frames: readonly Buffer[],
  decode: (frame: Buffer) => Claim | null,
  listenMs: number,
  signal: AbortSignal,
): Promise<readonly Claim[]> {
  const heard: Claim[] = [];
  const buffer = Buffer.alloc(LARGEST_FRAME_BYTES);
  const startedMs = performance.now();
  let rounds = 0;
  while (!signal.aborted) {
    const passedMs = performance.now() - startedMs;
    if (passedMs >= listenMs) break;
    if (passedMs >= rounds * REPEAT_MS && rounds < 2) {
      for (const frame of frames) libc.send(fd, frame, frame.length, 0);
      rounds += 1;
    }
    for (;;) {
      const length = libc.recv(fd, buffer, buffer.length, MSG_DONTWAIT);
      if (length <= 0) break;
      const claim = decode(buffer.subarray(0, length));
      if (claim !== null) heard.push(claim);
    }
    await sleep(POLL_MS);
  }
  return heard;
}

/** The address to ask from in IPv6: one that nobody asks about, so that the answers come here alone. */
function linkLocalOf(interfaceName: string): IpAddress | null {
  const own = networkInterfaces()[interfaceName]?.find(
    ({ family, address }) => family === 'IPv6' && isLinkLocal(address),
  );
  return own === undefined ? null : withoutZone(own.address);
}
