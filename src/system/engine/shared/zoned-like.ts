import type { IpAddress } from '../../../domain/address.ts';

/** A received link-local address comes without its zone; it is that of the link-local address that was probed. */
export function zonedLike(from: IpAddress, probed: IpAddress): IpAddress {
  const zone = probed.split('%')[1];
  return zone !== undefined && /^fe[89ab]/u.test(from) ? `${from}%${zone}` : from;
}
