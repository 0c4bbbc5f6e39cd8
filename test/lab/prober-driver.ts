import { readdirSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import type { IcmpError } from '../../src/domain/icmp-error.ts';
import type { Answer, Probe, Prober } from '../../src/domain/prober.ts';
import { describeObstacles } from '../../src/evidence/obstacles/describe.ts';
import { systemClock } from '../../src/system/clock.ts';
import { loadKoffi } from '../../src/system/engine/kernel/koffi.ts';
import { openKernelProber } from '../../src/system/engine/kernel/prober.ts';
import { openRawProber } from '../../src/system/engine/raw/prober.ts';
import { loadRawSocket } from '../../src/system/engine/raw/socket.ts';

/** What the driver is to do in its namespace with the engine: send all probes at once, and connect() while it watches. */
export type DriverTask = {
  readonly engine: 'raw' | 'raw without koffi' | 'kernel';
  readonly probes?: readonly Probe[];
  readonly connect?: { readonly host: string; readonly port: number };
};

/** What it prints when nothing keeps its process alive any more. */
export type DriverReport = {
  readonly answers: readonly Answer[];
  readonly duplicates: number;
  readonly heard: readonly IcmpError[];
  readonly lacks: Prober['lacks'];
  readonly openSockets: number;
};

const socketsBefore = countSockets();
const task: DriverTask = JSON.parse(process.argv[2] ?? '{}');
const opening = await open();
if (opening.kind === 'unavailable') throw new Error(describeObstacles(opening.unavailable.obstacles, 'en'));
const { prober } = opening;
const { signal } = new AbortController();
let duplicates = 0;
const heard: IcmpError[] = [];

// JSON turned the payload into a plain object or list.
const revive = (probe: Probe): Probe =>
  probe.kind === 'udp' ? { ...probe, payload: Uint8Array.from(Object.values(probe.payload)) } : probe;
const answers = await Promise.all(
  (task.probes ?? []).map((probe) => prober.send(revive(probe), { signal, onDuplicate: () => (duplicates += 1) })),
);
if (task.connect !== undefined) await connectAndListen(task.connect);
// A duplicate follows its original; an answer of this machine to an answer would too.
await systemClock.sleep(100, signal);
prober.close();
process.once('beforeExit', () => {
  const report: DriverReport = {
    answers,
    duplicates,
    heard,
    lacks: prober.lacks,
    openSockets: countSockets() - socketsBefore,
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
});

function open(): ReturnType<typeof openRawProber | typeof openKernelProber> {
  switch (task.engine) {
    case 'raw':
      return openRawProber(systemClock);
    case 'raw without koffi':
      return openRawProber(systemClock, loadRawSocket, () => loadKoffi(() => Promise.reject(new Error('left out'))));
    case 'kernel':
      return openKernelProber(systemClock);
  }
}

function connectAndListen({ host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const stop = prober.watch(
      { protocol: 'tcp', to: host, port, sourcePort: () => socket.localPort ?? null },
      (error) => {
        heard.push(error);
        end();
      },
    );
    const limit = setTimeout(() => end(), 3000);
    const end = (): void => {
      clearTimeout(limit);
      stop();
      socket.destroy();
      resolve();
    };
    socket.on('error', () => {});
  });
}

/** Those of Node and those that it knows nothing of. */
function countSockets(): number {
  const targets = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  });
  return targets.filter((target) => target.startsWith('socket:') || target.includes('[eventpoll]')).length;
}
