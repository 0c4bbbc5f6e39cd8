import { describeObstacles } from '../../../../src/evidence/obstacles/describe.ts';
import type { TraceOptions } from '../../../../src/probe/trace/options.ts';
import { trace } from '../../../../src/probe/trace/trace.ts';
import { systemClock } from '../../../../src/system/clock.ts';
import { openRawProber } from '../../../../src/system/engine/raw/prober.ts';

// Runs the traces that it is told to, one after the other, and prints what they saw.
const tasks: readonly TraceOptions[] = JSON.parse(process.argv[2] ?? '[]');
const opening = await openRawProber(systemClock);
if (opening.kind === 'unavailable') throw new Error(describeObstacles(opening.unavailable.obstacles, 'en'));
const ports = { prober: opening.prober, unavailable: null, clock: systemClock };
const { signal } = new AbortController();
const traces = [];
for (const task of tasks) traces.push(await trace(task, ports, signal, () => undefined));
opening.prober.close();
process.stdout.write(`${JSON.stringify(traces)}\n`);
