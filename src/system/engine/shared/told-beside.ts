import type { Answer } from '../../../domain/prober.ts';
import { decodeExtensions } from '../../../packet/icmp-extension-objects.ts';

export type ToldBeside = Pick<Extract<Answer, { readonly kind: 'icmp-error' }>, 'mpls' | 'interfaces'>;

/** What a router told beside an ICMP error in its extension structure; empty as a rule. */
export function toldBeside(extensions: Uint8Array): ToldBeside {
  const { mpls, interfaces } = decodeExtensions(extensions);
  return { ...(mpls.length > 0 && { mpls }), ...(interfaces.length > 0 && { interfaces }) };
}
