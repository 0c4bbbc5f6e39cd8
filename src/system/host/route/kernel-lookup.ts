import { familyOf, type IpAddress, withoutZone } from '../../../domain/address.ts';
import { addressBytes, addressText } from '../../../packet/address.ts';
import { type NetlinkCalls, openNetlink } from '../../sockets/netlink.ts';
import { canonicalAddress, zoneOf } from '../interfaces/machine-address.ts';
import { type Device, readDevices } from '../links/devices.ts';
import { type Attributes, attributesOf, encodeRequest, numberIn, readU32, u32 } from '../links/messages.ts';
import { askRoute } from '../links/rtnetlink.ts';
import type { RouteDetail } from './detail.ts';

const RTM_NEWROUTE = 24;
const RTM_GETROUTE = 26;
const HEADER_BYTES = 12;
const AF = { 4: 2, 6: 10 } as const;
const RTN_LOCAL = 2;
// linux/rtnetlink.h
const RTA = { dst: 1, oif: 4, gateway: 5, source: 7, metrics: 8, cacheInfo: 12, via: 18 } as const;
const RTAX_MTU = 2;
/** Of struct rta_cacheinfo: when the kernel forgets what it learned of this one destination; 0 for never. */
const EXPIRES_AT = 8;

/**
 * The kernel's own look-up, as `ip route get` makes it, without a process. null where koffi is missing, on what is no Linux,
 * where the address names an interface that there is not, and where the kernel refuses (rtnetlink(7)).
 */
export async function routeByNetlink(
  to: IpAddress,
  signal: AbortSignal,
  open: () => Promise<NetlinkCalls | null> = openNetlink,
): Promise<RouteDetail | null> {
  const calls = process.platform === 'linux' ? await open() : null;
  if (calls === null) return null;
  const devices = (await readDevices(calls, signal)) ?? [];
  const zone = zoneOf(to);
  const bound = zone === null ? null : devices.find(({ name }) => name === zone);
  const address = canonicalAddress(withoutZone(to));
  if (bound === undefined || address === null) return null;
  const target = addressBytes(address);
  const header = Buffer.alloc(HEADER_BYTES);
  header[0] = AF[familyOf(address)];
  header[1] = target.length * 8;
  const by = bound === null ? [] : [[RTA.oif, u32(bound.index)] as const];
  const request = encodeRequest(RTM_GETROUTE, header, [[RTA.dst, target], ...by], false);
  return askRoute(calls, request, RTM_NEWROUTE, (body) => decodeLookup(body, devices), signal);
}

/** struct rtmsg and its attributes (rtnetlink(7)); null for what is none, or leads to an interface that is not known. */
export function decodeLookup(body: Buffer, devices: readonly Pick<Device, 'index' | 'name'>[]): RouteDetail | null {
  if (body.length < HEADER_BYTES) return null;
  const attributes = attributesOf(body, HEADER_BYTES);
  const name = devices.find(({ index }) => index === numberIn(attributes.get(RTA.oif)))?.name;
  if (name === undefined) return null;
  return {
    local: body[7] === RTN_LOCAL,
    interface: name,
    // RTA_VIA: a next hop of the other family, its family first.
    gateway: addressIn(attributes.get(RTA.gateway)) ?? addressIn(attributes.get(RTA.via)?.subarray(2)),
    source: addressIn(attributes.get(RTA.source)),
    mtu: isLearned(attributes) ? null : mtuIn(attributes.get(RTA.metrics)),
  };
}

function isLearned(attributes: Attributes): boolean {
  const info = attributes.get(RTA.cacheInfo);
  return info !== undefined && info.length >= EXPIRES_AT + 4 && readU32(info, EXPIRES_AT) !== 0;
}

function mtuIn(metrics: Buffer | undefined): number | null {
  const mtu = metrics === undefined ? null : numberIn(attributesOf(metrics, 0).get(RTAX_MTU));
  return mtu === null || mtu === 0 ? null : mtu;
}

function addressIn(bytes: Buffer | undefined): IpAddress | null {
  return bytes !== undefined && (bytes.length === 4 || bytes.length === 16) ? addressText(bytes) : null;
}
