import { familyOf } from '../../../domain/address.ts';
import type { Unavailable } from '../../../domain/evidence.ts';
import type { Obstacle } from '../../../domain/obstacle.ts';
import type { Probe } from '../../../domain/prober.ts';
import type { StartLines } from '../../process/line-process.ts';
import { introduction } from './introduction.ts';
import { readTracepathLine } from './parse/tracepath.ts';
import { readTracertLine } from './parse/tracert.ts';
import type { ToolPorts } from './run.ts';
import { LOOPBACK, type ToolOpening } from './system-tool.ts';
import { createWalkTool, type Walker } from './tool-walk.ts';

/** More than any path is long; whoever asks ends the walk when it is known. */
const MOST_HOPS = 64;
/** Small ones, as those of other traces: tracepath's own begin with what the interface takes. */
const PACKET_BYTES = 128;
/** It counts the port up with each probe, from where traces begin and nothing listens (traceroute(8)). */
const FIRST_PORT = 33_434;
const PORTS = 100;
const PATIENCE_MS = 1000;

const TRACEPATH: Walker = {
  name: 'tracepath',
  isHeldBack: true,
  command: (probe) =>
    probe.kind === 'udp' && probe.port >= FIRST_PORT && probe.port < FIRST_PORT + PORTS
      ? ['-n', '-l', `${PACKET_BYTES}`, '-p', `${probe.port}`, '-m', `${MOST_HOPS}`, probe.to]
      : null,
  read: readTracepathLine,
};

const TRACERT: Walker = {
  name: 'tracert',
  isHeldBack: false,
  command: (probe) =>
    probe.kind === 'echo' && !probe.dontFragment
      ? ['-d', '-h', `${MOST_HOPS}`, '-w', `${PATIENCE_MS}`, `-${familyOf(probe.to)}`, probe.to]
      : null,
  read: readTracertLine,
};

const COMMON = { to: LOOPBACK, ttl: 1, timeoutMs: PATIENCE_MS } as const;
const DATAGRAM: Probe = { ...COMMON, kind: 'udp', port: FIRST_PORT, sourcePort: null, payload: new Uint8Array() };
const ECHO: Probe = { ...COMMON, kind: 'echo', payloadBytes: 56, dontFragment: false };

/** What they say of themselves: the letters of tracert's usage are the same in every language. */
const INTRODUCTIONS = {
  linux: {
    walker: TRACEPATH,
    ask: '-V',
    says: /\btracepath from iputils |tracepath utility, iputils-s/u,
    trial: DATAGRAM,
  },
  win32: { walker: TRACERT, ask: '/?', says: /\[-d\] \[-h /u, trial: ECHO },
} as const;

/** Finds the tool that walks a path by itself: iputils' tracepath on Linux, which needs no right, tracert on Windows. */
export function openWalkers(
  platform: string,
  start: StartLines,
  ports: ToolPorts,
  signal: AbortSignal,
): readonly Promise<ToolOpening>[] {
  if (platform !== 'linux' && platform !== 'win32') return [];
  return [openWalker(INTRODUCTIONS[platform], start, ports, signal)];
}

async function openWalker(
  { walker, ask, says, trial }: (typeof INTRODUCTIONS)[keyof typeof INTRODUCTIONS],
  start: StartLines,
  { run, clock }: ToolPorts,
  signal: AbortSignal,
): Promise<ToolOpening> {
  const { name } = walker;
  const said = await introduction(name, [ask], run, signal);
  if (said.kind === 'unavailable') return said;
  if (!says.test(said.text)) return unusable({ code: 'tool-unknown', tool: name });
  const held = walker.isHeldBack ? await introduction('stdbuf', ['--version'], run, signal) : null;
  if (held?.kind === 'unavailable') {
    return unusable({ code: 'tool-wants-stdbuf', tool: name });
  }
  const tool = createWalkTool(walker, start, clock);
  const answer = await tool.send(trial, signal);
  if (answer.kind !== 'failed') return { kind: 'open', tool, missing: [] };
  tool.close();
  return unusable({ ...answer.why, tool: name });
}

function unusable(obstacle: Obstacle): ToolOpening {
  const unavailable: Unavailable = { reason: 'not-supported', obstacles: [obstacle] };
  return { kind: 'unavailable', unavailable };
}
