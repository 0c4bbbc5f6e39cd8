import { familyOf } from '../../../domain/address.ts';
import type { Probe } from '../../../domain/prober.ts';
import { type TracerouteDialect, tracerouteDialect } from '../../vantage/parse-identity.ts';
import { introduction } from './introduction.ts';
import { readTraceroute } from './parse/traceroute.ts';
import { runForProbe, type ToolPorts } from './run.ts';
import { LOOPBACK, type SystemTool, type ToolOpening } from './system-tool.ts';
import { tracerouteCommand } from './traceroute-arguments.ts';

const COMMON = { to: LOOPBACK, ttl: 1, timeoutMs: 500 } as const;
const TRIALS: readonly Probe[] = [
  { ...COMMON, kind: 'echo', payloadBytes: 56, dontFragment: false },
  { ...COMMON, kind: 'udp', port: 33_434, sourcePort: null, payload: new Uint8Array() },
  { ...COMMON, kind: 'syn', port: 80, sourcePort: null },
];

/** Finds out whose traceroute this is, and which kinds of probes it may send. One process for each probe from then on. */
export async function openTraceroute(ports: ToolPorts, signal: AbortSignal): Promise<ToolOpening> {
  const said = await introduction('traceroute', ['--version'], ports.run, signal);
  if (said.kind === 'unavailable') return said;
  const dialect = tracerouteDialect(said.text);
  if (dialect === null) {
    return {
      kind: 'unavailable',
      unavailable: { reason: 'not-supported', obstacles: [{ code: 'tool-unknown', tool: 'traceroute' }] },
    };
  }
  const tried = await Promise.all(
    TRIALS.map(async (probe) => ({ kind: probe.kind, answer: await sendOne(dialect, probe, ports, signal) })),
  );
  const kinds = new Set(tried.filter(({ answer }) => answer.kind !== 'failed').map(({ kind }) => kind));
  if (kinds.size === 0) {
    return {
      kind: 'unavailable',
      unavailable: { reason: 'not-permitted', obstacles: [{ code: 'tool-may-not-send', tool: 'traceroute' }] },
    };
  }
  const missing = kinds.has('syn') ? [] : [{ code: 'traceroute-syn-as-root' } as const];
  return { kind: 'open', tool: createTraceroute(dialect, kinds, ports), missing };
}

function createTraceroute(dialect: TracerouteDialect, kinds: ReadonlySet<Probe['kind']>, ports: ToolPorts): SystemTool {
  return {
    name: 'traceroute',
    carriesMany: false,
    canSend: (probe) => kinds.has(probe.kind) && tracerouteCommand(dialect, probe) !== null,
    send: (probe, signal) => sendOne(dialect, probe, ports, signal),
    close: () => undefined,
  };
}

async function sendOne(dialect: TracerouteDialect, probe: Probe, ports: ToolPorts, signal: AbortSignal) {
  const command = tracerouteCommand(dialect, probe);
  if (command === null) return { kind: 'failed', why: { code: 'tool-cannot-send' } } as const;
  const read = (stdout: string, stderr: string) => readTraceroute(stdout, stderr, dialect, familyOf(probe.to));
  return runForProbe(probe, command, read, ports, signal);
}
