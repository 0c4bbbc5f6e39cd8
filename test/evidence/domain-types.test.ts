import { expectTypeOf, test } from 'vitest';
import type { ConnectAttempt, Listener, NeighbourState, ServerAnswer } from '../../src/domain/evidence.ts';
import type { HopInterface, MplsLabel } from '../../src/domain/hop-extension.ts';
import type { HttpAttempt, TlsAttempt } from '../../src/domain/service-evidence.ts';
import type { ConnectEvidence } from '../../src/evidence/connect.ts';
import type { HttpEvidence } from '../../src/evidence/http.ts';
import type { ResolveEvidence } from '../../src/evidence/resolve.ts';
import type { RouteEvidence } from '../../src/evidence/route.ts';
import type { SocketsEvidence } from '../../src/evidence/sockets.ts';
import type { TlsEvidence } from '../../src/evidence/tls.ts';
import type { Hop } from '../../src/evidence/trace.ts';

test('what ports return is what the schemas of the evidence take', () => {
  expectTypeOf<ResolveEvidence['servers'][number]>().toEqualTypeOf<ServerAnswer>();
  expectTypeOf<RouteEvidence['neighbour']>().toEqualTypeOf<NeighbourState | null>();
  expectTypeOf<ConnectEvidence['attempts'][number]>().toEqualTypeOf<ConnectAttempt>();
  expectTypeOf<NonNullable<SocketsEvidence['listening']>[number]>().toEqualTypeOf<Listener>();
  expectTypeOf<NonNullable<Hop['mpls']>[number]>().toEqualTypeOf<MplsLabel>();
  expectTypeOf<NonNullable<Hop['interfaces']>[number]>().toEqualTypeOf<HopInterface>();
  expectTypeOf<Pick<TlsEvidence, keyof TlsAttempt>>().toEqualTypeOf<TlsAttempt>();
  expectTypeOf<Pick<HttpEvidence, keyof HttpAttempt>>().toEqualTypeOf<HttpAttempt>();
});
