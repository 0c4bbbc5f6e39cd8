import { familyOf, type IpAddress } from '../domain/address.ts';
import { addressBytes } from './address.ts';
import { viewOf } from './bytes.ts';

/** The two ends of a packet, of one family. */
export type Ends = { readonly source: IpAddress; readonly destination: IpAddress };

/** What a transport's checksum covers besides its own bytes (RFC 9293, 3.1 for IPv4; RFC 8200, 8.1 for IPv6). */
export function pseudoHeader(ends: Ends, protocol: number, lengthBytes: number): Uint8Array {
  const source = addressBytes(ends.source);
  const destination = addressBytes(ends.destination);
  const bytes = new Uint8Array(2 * source.length + (familyOf(ends.source) === 4 ? 4 : 8));
  bytes.set(source, 0);
  bytes.set(destination, source.length);
  const view = viewOf(bytes);
  const rest = 2 * source.length;
  if (familyOf(ends.source) === 4) {
    view.setUint8(rest + 1, protocol);
    view.setUint16(rest + 2, lengthBytes);
  } else {
    view.setUint32(rest, lengthBytes);
    view.setUint8(rest + 7, protocol);
  }
  return bytes;
}
