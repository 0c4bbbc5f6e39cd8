import type { Family, IpAddress } from '../../../domain/address.ts';
import { addressText } from '../../../packet/address.ts';
import type { NetlinkCalls } from '../../sockets/netlink.ts';
import { attributesOf, encodeRequest, numberIn, readU32, textIn } from './messages.ts';
import { dumpRoutes } from './rtnetlink.ts';

/** One rule of the policy database (ip-rule(8)). */
export type PolicyRule = {
  readonly priority: number;
  /** `lookup`: in `table`; `goto`: a later rule; `refuse`: unreachable, prohibit or blackhole; `other`: not known. */
  readonly action: 'lookup' | 'goto' | 'refuse' | 'other';
  readonly table: number;
  readonly goto: number | null;
  readonly to: Network | null;
  readonly from: Network | null;
  readonly mark: { readonly value: number; readonly mask: number } | null;
  readonly iif: string | null;
  readonly oif: string | null;
  readonly uids: { readonly first: number; readonly last: number } | null;
  readonly tos: number;
  /** Whether it looks at protocol or ports, or at what is not known here. */
  readonly isNarrower: boolean;
  readonly isInverted: boolean;
  /** Routes with a prefix of this length or shorter do not count; null for none. */
  readonly suppressed: number | null;
};

export type Network = { readonly address: IpAddress; readonly bits: number };

const RTM_NEWRULE = 32;
const RTM_GETRULE = 34;
const HEADER_BYTES = 12;
const AF = { 4: 2, 6: 10 } as const;
// linux/fib_rules.h
const FRA = {
  dst: 1,
  src: 2,
  iifName: 3,
  goto: 4,
  priority: 6,
  mark: 10,
  tunnelId: 12,
  suppressPrefix: 14,
  table: 15,
  mask: 16,
  oifName: 17,
  l3mdev: 19,
  uidRange: 20,
  protocol: 22,
  sourcePorts: 23,
  ports: 24,
} as const;
const FIB_RULE_INVERT = 0x2;
const ACTIONS: Readonly<Record<number, PolicyRule['action']>> = {
  1: 'lookup',
  2: 'goto',
  6: 'refuse',
  7: 'refuse',
  8: 'refuse',
};
const NONE = 0xffff_ffff;

export function readRules(
  calls: NetlinkCalls,
  family: Family,
  signal: AbortSignal,
): Promise<readonly PolicyRule[] | null> {
  const header = new Uint8Array(HEADER_BYTES);
  header[0] = AF[family];
  return dumpRoutes(calls, encodeRequest(RTM_GETRULE, header, [], true), RTM_NEWRULE, decodeRule, signal);
}

/** struct fib_rule_hdr and its attributes; null for what is none. */
export function decodeRule(body: Buffer): PolicyRule | null {
  if (body.length < HEADER_BYTES) return null;
  const attributes = attributesOf(body, HEADER_BYTES);
  const mark = numberIn(attributes.get(FRA.mark));
  const mask = numberIn(attributes.get(FRA.mask));
  const suppressed = numberIn(attributes.get(FRA.suppressPrefix));
  const uids = attributes.get(FRA.uidRange);
  const narrowing = [FRA.tunnelId, FRA.l3mdev, FRA.protocol, FRA.sourcePorts, FRA.ports];
  return {
    priority: numberIn(attributes.get(FRA.priority)) ?? 0,
    action: ACTIONS[body[7] ?? 0] ?? 'other',
    table: numberIn(attributes.get(FRA.table)) ?? body[4] ?? 0,
    goto: numberIn(attributes.get(FRA.goto)),
    to: networkOf(attributes.get(FRA.dst), body[1] ?? 0),
    from: networkOf(attributes.get(FRA.src), body[2] ?? 0),
    mark: mark === null && mask === null ? null : { value: mark ?? 0, mask: mask ?? NONE },
    iif: textIn(attributes.get(FRA.iifName)),
    oif: textIn(attributes.get(FRA.oifName)),
    uids: uids !== undefined && uids.length >= 8 ? { first: readU32(uids, 0), last: readU32(uids, 4) } : null,
    tos: body[3] ?? 0,
    isNarrower: narrowing.some((attribute) => attributes.has(attribute)),
    isInverted: (readU32(body, 8) & FIB_RULE_INVERT) !== 0,
    suppressed: suppressed === null || suppressed === NONE ? null : suppressed,
  };
}

function networkOf(address: Buffer | undefined, bits: number): Network | null {
  if (bits === 0) return null;
  if (address === undefined || (address.length !== 4 && address.length !== 16)) return null;
  return { address: addressText(address), bits };
}
