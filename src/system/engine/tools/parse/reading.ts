import type { IpAddress } from '../../../../domain/address.ts';
import type { MplsLabel } from '../../../../domain/hop-extension.ts';

/** Type and code of an ICMP or ICMPv6 error. */
export type IcmpCode = { readonly type: number; readonly code: number };

/**
 * What a tool's output says of one probe. Times in milliseconds, null where none is printed.
 * `reply`: the target answered; `reset`: with an RST; `from`: an address answered, with what is not said (Time Exceeded,
 * or the target's own answer). `silent`: the tool says that nothing came. `no-privilege`: the tool may not send such
 * probes. `unnamed`: an error came, which one is not said. `unreadable`: the output is none that this tool has.
 */
export type ToolReading =
  | {
      readonly kind: 'reply' | 'reset';
      readonly from: IpAddress;
      readonly rttMs: number | null;
      readonly replyTtl: number | null;
    }
  | {
      readonly kind: 'from';
      readonly from: IpAddress;
      readonly rttMs: number;
      readonly mpls?: readonly MplsLabel[];
    }
  | {
      readonly kind: 'error';
      readonly from: IpAddress;
      readonly icmp: IcmpCode;
      readonly rttMs: number | null;
      /** Of a packet that was too big: what the next link takes, where it is said. */
      readonly mtu: number | null;
    }
  /** This machine refused to send; `code` an errno name. `mtu`: of `EMSGSIZE`, where it is said. */
  | { readonly kind: 'local-error'; readonly code: string; readonly mtu: number | null }
  | { readonly kind: 'silent' | 'no-privilege' | 'unnamed' | 'unreadable' };
