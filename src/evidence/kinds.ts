import { CONNECT } from './connect.ts';
import { FLOWS } from './flows.ts';
import { HOP_ECHOES } from './hop-echoes.ts';
import { HTTP } from './http.ts';
import type { EvidenceKind, EvidenceOf, Timed } from './kind.ts';
import { MTU } from './mtu.ts';
import { PING } from './ping.ts';
import { PORT_TRACE } from './port-trace.ts';
import { PROXY } from './proxy.ts';
import { RESOLVE } from './resolve.ts';
import { ROUTE } from './route.ts';
import { SOCKETS } from './sockets.ts';
import { TLS } from './tls.ts';
import { TRACE } from './trace.ts';
import { WITNESS } from './witness.ts';

/**
 * Every kind of evidence, in the order of the contract: that of the JSON, of the lines and of the JSON Schema.
 *
 * To add one: write its file after the pattern of the others (`EvidenceKind` says what belongs into it), and add its line
 * here. Nothing else has to be told that it exists; what is missing does not compile.
 */
export const EVIDENCE_KINDS = {
  resolve: RESOLVE,
  route: ROUTE,
  ping: PING,
  connect: CONNECT,
  flows: FLOWS,
  trace: TRACE,
  portTrace: PORT_TRACE,
  hopEchoes: HOP_ECHOES,
  mtu: MTU,
  sockets: SOCKETS,
  tls: TLS,
  http: HTTP,
  proxy: PROXY,
  witness: WITNESS,
} as const satisfies Readonly<Record<string, EvidenceKind<never>>>;

type Kinds = typeof EVIDENCE_KINDS;

export type EvidenceName = keyof Kinds;

/** Everything that was seen. A probe that did not run is absent. */
export type Evidence = { readonly [K in EvidenceName]?: EvidenceOf<Kinds[K]> };

export const EVIDENCE_NAMES = Object.keys(EVIDENCE_KINDS) as readonly EvidenceName[];

/** What one probe found, with all that there is to know of its kind. */
type Entry = { readonly name: EvidenceName; readonly kind: EvidenceKind<Timed>; readonly found: Timed };

/** What is there, in the order of the contract. */
export function entriesOf(evidence: Evidence): readonly Entry[] {
  return EVIDENCE_NAMES.flatMap((name) => {
    const found = evidence[name];
    // Each kind takes the evidence that stands under its own name.
    return found === undefined ? [] : [{ name, kind: EVIDENCE_KINDS[name] as unknown as EvidenceKind<Timed>, found }];
  });
}
