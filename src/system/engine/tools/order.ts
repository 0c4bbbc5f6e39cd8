import type { Probe } from '../../../domain/prober.ts';
import type { SystemTool } from './system-tool.ts';

type Name = SystemTool['name'];

/**
 * Which tools to ask for a probe, the one that tells most first. Of a whole echo ping tells the TTL of the reply and names
 * every error. Of one with a TTL of its own ping prints no time, traceroute and mtr-packet do, and mtr-packet needs no
 * process for each. A SYN is answered with its flags by traceroute, where that may send it. Those that walk a path from its
 * first hop on come last: a hop that is silent holds up all behind it.
 */
export function inOrder(tools: readonly SystemTool[], probe: Probe): readonly SystemTool[] {
  const names = orderOf(probe);
  return names.flatMap((name) => tools.filter((tool) => tool.name === name && tool.canSend(probe)));
}

function orderOf(probe: Probe): readonly Name[] {
  switch (probe.kind) {
    case 'echo':
      return probe.ttl === null || probe.dontFragment
        ? ['ping', 'mtr-packet']
        : ['mtr-packet', 'traceroute', 'ping', 'tracert'];
    case 'udp':
      return ['mtr-packet', 'traceroute', 'tracepath'];
    case 'syn':
      return ['traceroute', 'mtr-packet'];
  }
}
