import { familyOf } from '../../../domain/address.ts';
import type { Probe } from '../../../domain/prober.ts';
import type { TracerouteDialect } from '../../vantage/parse-identity.ts';
import type { ToolCommand } from './ping-arguments.ts';

/**
 * How a traceroute is asked for one probe at one TTL, by its manual; null for what it has no flag for. BusyBox counts the
 * port of a UDP probe up before the first one; the others send to the port given.
 */
export function tracerouteCommand(dialect: TracerouteDialect, probe: Probe): ToolCommand | null {
  const { to, ttl } = probe;
  if (ttl === null || (probe.kind === 'echo' && probe.dontFragment)) return null;
  const seconds = `${Math.max(1, Math.ceil(probe.timeoutMs / 1000))}`;
  const args = argumentsOf(dialect, probe, ['-q', '1', '-f', `${ttl}`, '-w', seconds], ['-m', `${ttl}`]);
  return args === null ? null : { tool: 'traceroute', args: [...args, to], hasLimit: true };
}

type Arguments = readonly string[];

function argumentsOf(dialect: TracerouteDialect, probe: Probe, common: Arguments, upTo: Arguments): Arguments | null {
  switch (dialect) {
    case 'butskoy':
      return ['-n', '-e', ...common, ...upTo, ...butskoyMethod(probe)];
    case 'macos':
      return familyOf(probe.to) === 6 ? null : ['-n', ...common, ...upTo, ...macosMethod(probe)];
    case 'busybox':
      if (probe.kind === 'syn') return null;
      return ['-n', ...common, ...upTo, ...(probe.kind === 'echo' ? ['-I'] : ['-p', `${probe.port - 1}`])];
    case 'inetutils':
      if (probe.kind === 'syn' || familyOf(probe.to) === 6) return null;
      // Its -m counts hops from the first that it sends to, and it never prints their numbers right.
      return [...common, '-m', '1', ...(probe.kind === 'echo' ? ['-M', 'icmp'] : ['-M', 'udp', '-p', `${probe.port}`])];
  }
}

function butskoyMethod(probe: Probe): Arguments {
  if (probe.kind === 'echo') return ['-I'];
  const port = ['-p', `${probe.port}`];
  // Processes that run at once cannot be bound to one port: all but the first would end without a probe.
  if (probe.kind === 'udp') return ['-U', ...port];
  return ['-T', '-O', 'info', ...port, ...(probe.sourcePort === null ? [] : [`--sport=${probe.sourcePort}`])];
}

/** `-e` keeps the port as it is. */
function macosMethod(probe: Probe): Arguments {
  if (probe.kind === 'echo') return ['-P', 'ICMP'];
  return ['-e', '-P', probe.kind === 'udp' ? 'UDP' : 'TCP', '-p', `${probe.port}`];
}
