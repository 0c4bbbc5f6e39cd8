/** Protocol numbers of IPv4, and next headers of IPv6 (IANA). */
export const PROTOCOL = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58, raw: 255 } as const;
