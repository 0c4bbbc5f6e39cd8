import { familyOf } from '../../../domain/address.ts';
import type { Unavailable } from '../../../domain/evidence.ts';
import type { Obstacle } from '../../../domain/obstacle.ts';
import type { Probe } from '../../../domain/prober.ts';
import { type PingDialect, pingDialect } from '../../vantage/parse-identity.ts';
import { introduction } from './introduction.ts';
import { readPing } from './parse/ping.ts';
import { readWindowsPing } from './parse/ping-windows.ts';
import type { ToolReading } from './parse/reading.ts';
import { pingCommand } from './ping-arguments.ts';
import { runForProbe, type ToolPorts } from './run.ts';
import { LOOPBACK, type SystemTool, type ToolOpening } from './system-tool.ts';

const TRIAL: Probe = {
  kind: 'echo',
  to: LOOPBACK,
  ttl: null,
  timeoutMs: 500,
  payloadBytes: 56,
  dontFragment: false,
};

/** Finds out whose ping this is, and whether it may send. One process for each probe from then on. */
export async function openPing(ports: ToolPorts, signal: AbortSignal): Promise<ToolOpening> {
  const said = await introduction('ping', ['-V'], ports.run, signal);
  if (said.kind === 'unavailable') return said;
  const dialect = pingDialect(said.text);
  if (dialect === null) return unavailable('not-supported', { code: 'tool-unknown', tool: 'ping' });
  const tool = createPing(dialect, ports);
  const trial = await tool.send(TRIAL, signal);
  // Whatever a sound ping says of loopback will do: a firewall may be strict even there.
  if (trial.kind !== 'failed') return { kind: 'open', tool, missing: missingOf(dialect) };
  const reason = trial.why.code === 'tool-may-not-send' ? 'not-permitted' : 'not-supported';
  return unavailable(reason, { ...trial.why, tool: 'ping' });
}

function createPing(dialect: PingDialect, ports: ToolPorts): SystemTool {
  return {
    name: 'ping',
    carriesMany: false,
    canSend: (probe) => probe.kind === 'echo' && pingCommand(dialect, probe) !== null,
    async send(probe, signal) {
      const command = probe.kind === 'echo' ? pingCommand(dialect, probe) : null;
      if (command === null) return { kind: 'failed', why: { code: 'tool-cannot-send' } };
      return runForProbe(probe, command, readerOf(dialect, probe), ports, signal);
    },
    close: () => undefined,
  };
}

function readerOf(dialect: PingDialect, { to }: Probe): (stdout: string, stderr: string) => ToolReading {
  const family = familyOf(to);
  if (dialect === 'windows') return (stdout) => readWindowsPing(stdout, family);
  return (stdout, stderr) => readPing(stdout, stderr, family);
}

function missingOf(dialect: PingDialect): readonly Obstacle[] {
  switch (dialect) {
    case 'busybox':
      return [{ code: 'ping-shows-no-errors' }];
    case 'inetutils':
      return [{ code: 'ping-may-fragment' }];
    case 'iputils':
    case 'iputils-legacy':
    case 'macos':
    case 'freebsd':
    case 'windows':
      return [];
  }
}

function unavailable(reason: Unavailable['reason'], obstacle: Obstacle): ToolOpening {
  return { kind: 'unavailable', unavailable: { reason, obstacles: [obstacle] } };
}
