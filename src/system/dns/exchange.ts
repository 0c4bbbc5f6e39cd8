import type { IpAddress } from '../../domain/address.ts';

export type DnsServer = { readonly address: IpAddress; readonly port: number };

/**
 * How one query ended. `error` is an errno name, with its source in words where the bare name would be mistaken for this
 * machine's own firewall (`EACCES (route)`, `EACCES (icmp)`). `silent`: aborted before an answer came.
 */
export type Exchange = { readonly sent: number } & (
  | { readonly kind: 'answer'; readonly rcode: string; readonly addresses: readonly IpAddress[] }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'silent'; readonly garbage: boolean }
);
