/** An IPv4 or IPv6 address in its shortest text form; IPv6 link-local with its zone (`fe80::1%eth0`). Made by `parseTarget` or a port, never by a cast. */
export type IpAddress = string;

export type Family = 4 | 6;

/** The family of an address that is known to be well formed. */
export function familyOf(address: IpAddress): Family {
  return address.includes(':') ? 6 : 4;
}
