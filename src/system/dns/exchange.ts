import type { IpAddress } from '../../domain/address.ts';
import type { DnsAnswer } from './message.ts';

export type DnsServer = { readonly address: IpAddress; readonly port: number };

/**
 * How one query ended. `error` is an errno name, with its source in words where the bare name would be mistaken for this
 * machine's own firewall (`EACCES (route)`, `EACCES (icmp)`). `silent`: aborted before an answer came. `garbage`: what is
 * no answer to the query came as well.
 */
export type Exchange = { readonly sent: number } & (
  | ({ readonly kind: 'answer'; readonly garbage: boolean } & DnsAnswer)
  | { readonly kind: 'truncated'; readonly garbage: boolean }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'silent'; readonly garbage: boolean }
);
