/** An IPv4 or IPv6 address in its shortest text form; IPv6 link-local with its zone (`fe80::1%eth0`). Made by `parseTarget` or a port, never by a cast. */
export type IpAddress = string;

export type Family = 4 | 6;

/** The address without the interface that a link-local one carries, as a raw socket hears it. */
export function withoutZone(address: IpAddress): IpAddress {
  return address.split('%')[0] ?? address;
}

/** The family of an address that is known to be well formed. */
export function familyOf(address: IpAddress): Family {
  return address.includes(':') ? 6 : 4;
}
