import type { HopInterface, MplsLabel } from '../domain/hop-extension.ts';
import { viewOf } from './bytes.ts';
import { decodeInterface } from './icmp-extension-interface.ts';

const STRUCTURE_HEADER_BYTES = 4;
const OBJECT_HEADER_BYTES = 4;
const LABEL_BYTES = 4;
const CLASS = { mpls: 1, interface: 2 } as const;
/** MPLS: the label stack with which the packet came in (RFC 4950, 4). */
const INCOMING_STACK = 1;

/** What a router told beside an ICMP error. */
type IcmpExtensions = { readonly mpls: readonly MplsLabel[]; readonly interfaces: readonly HopInterface[] };

/**
 * Decodes the objects of an extension structure (RFC 4884, 7): MPLS label stacks (RFC 4950) and interfaces (RFC 5837).
 * Objects of other kinds are passed over; one whose length cannot be ends the reading.
 */
export function decodeExtensions(structure: Uint8Array): IcmpExtensions {
  const mpls: MplsLabel[] = [];
  const interfaces: HopInterface[] = [];
  let rest = structure.subarray(STRUCTURE_HEADER_BYTES);
  while (rest.length >= OBJECT_HEADER_BYTES) {
    const view = viewOf(rest);
    const length = view.getUint16(0);
    if (length < OBJECT_HEADER_BYTES || length > rest.length) break;
    const [objectClass, type] = [view.getUint8(2), view.getUint8(3)];
    const payload = rest.subarray(OBJECT_HEADER_BYTES, length);
    if (objectClass === CLASS.mpls && type === INCOMING_STACK) mpls.push(...decodeStack(payload));
    if (objectClass === CLASS.interface) interfaces.push(...decodeInterface(type, payload));
    rest = rest.subarray(length);
  }
  return { mpls, interfaces };
}

/** RFC 3032, 2.1: 20 bits of label, 3 of traffic class (RFC 5462), 1 that marks the bottom, 8 of TTL. */
function decodeStack(bytes: Uint8Array): readonly MplsLabel[] {
  const view = viewOf(bytes);
  const labels: MplsLabel[] = [];
  for (let at = 0; at + LABEL_BYTES <= bytes.length; at += LABEL_BYTES) {
    const entry = view.getUint32(at);
    const bottom = ((entry >>> 8) & 1) === 1;
    labels.push({ label: entry >>> 12, trafficClass: (entry >>> 9) & 7, bottom, ttl: entry & 0xff });
    if (bottom) break;
  }
  return labels;
}
