import type { Context } from '../../analysis/context.ts';
import type { ProbeName } from '../../domain/outcome.ts';
import type { Timed } from '../../evidence/kind.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import { aliveTask } from './alive.ts';
import { connectTask } from './connect.ts';
import type { TaskContext } from './context.ts';
import { hopsTask } from './hops.ts';
import { httpTask } from './http.ts';
import { lateTask } from './late.ts';
import { mtuTask } from './mtu.ts';
import { neighbourTask } from './neighbour.ts';
import { pingTask } from './ping.ts';
import { portTraceTask } from './port-trace.ts';
import { proxyTask } from './proxy.ts';
import { resolveTask } from './resolve.ts';
import { routeTask } from './route.ts';
import { serviceTask } from './service.ts';
import { socketsTask } from './sockets.ts';
import { tlsTask } from './tls.ts';
import { traceTask } from './trace.ts';
import { witnessTask } from './witness.ts';

type SessionProbe = {
  /** Measures it. A session does so once. */
  readonly run: (context: TaskContext) => Promise<void>;
  /** Whether a recorded run got as far as what this probe reads. */
  readonly isRecorded: (evidence: Evidence, context: Context) => boolean;
};

/** What a session has to know of each probe. */
export const SESSION_PROBES: Readonly<Record<ProbeName, SessionProbe>> = {
  resolve: { run: resolveTask, isRecorded: ({ resolve }) => isWhole(resolve) },
  lookup: { run: ({ job }) => job('resolve'), isRecorded: ({ resolve }) => isWhole(resolve) },
  route: { run: routeTask, isRecorded: ({ route }) => isWhole(route) },
  neighbour: { run: neighbourTask, isRecorded: ({ route }) => isWhole(route) },
  ping: { run: pingTask, isRecorded: ({ ping }) => isWhole(ping) },
  late: { run: lateTask, isRecorded: ({ ping }) => isWhole(ping) },
  connect: {
    run: connectTask,
    isRecorded: ({ connect }, { target }) => target.port === null || isWhole(connect),
  },
  alive: { run: aliveTask, isRecorded: ({ connect }) => isWhole(connect) },
  trace: { run: traceTask, isRecorded: ({ trace }) => isWhole(trace) },
  // A run that had no time left for these two did without, and concluded.
  hops: { run: hopsTask, isRecorded: ({ hopEchoes }) => isUncut(hopEchoes) },
  'port-trace': { run: portTraceTask, isRecorded: ({ portTrace }) => isUncut(portTrace) },
  // Nothing is sent where no echo was answered, and a report of before there was such a probe has none.
  mtu: { run: mtuTask, isRecorded: ({ mtu }) => isUncut(mtu) },
  tls: { run: tlsTask, isRecorded: ({ tls }) => isWhole(tls) },
  // Nobody asks where none is named, and a report of before there were such probes has none.
  http: { run: httpTask, isRecorded: ({ http }) => isUncut(http) },
  service: { run: serviceTask, isRecorded: ({ tls, http }) => isUncut(tls) && isUncut(http) },
  // No tree asks for it, and a report of before has none.
  witness: { run: witnessTask, isRecorded: () => true },
  proxy: { run: proxyTask, isRecorded: ({ proxy }) => isUncut(proxy) },
  sockets: { run: socketsTask, isRecorded: () => true },
  bound: { run: ({ job }) => job('sockets'), isRecorded: () => true },
};

function isWhole(found: Timed | undefined): boolean {
  return found !== undefined && !found.cutShort;
}

function isUncut(found: Timed | undefined): boolean {
  return !found?.cutShort;
}
