import { familyOf } from '../../../domain/address.ts';
import type { Probe } from '../../../domain/prober.ts';
import type { PingDialect } from '../../vantage/parse-identity.ts';

type EchoProbe = Extract<Probe, { readonly kind: 'echo' }>;

/** A tool and its arguments. `hasLimit`: the tool ends by itself when nothing answers in time. */
export type ToolCommand = { readonly tool: string; readonly args: readonly string[]; readonly hasLimit: boolean };

/** Below that no ping prints a time, as it puts its own timestamp there. */
const LEAST_TIMED_BYTES = 16;

/**
 * How a ping is asked for one echo, by its manual; null for what it has no flag for, or gives no sign of. No argument
 * comes from the network but the address, which begins with no dash.
 */
export function pingCommand(dialect: PingDialect, probe: EchoProbe): ToolCommand | null {
  const { to, ttl, dontFragment } = probe;
  const isIpv6 = familyOf(to) === 6;
  const size = `${Math.max(LEAST_TIMED_BYTES, probe.payloadBytes)}`;
  const seconds = `${Math.max(1, Math.ceil(probe.timeoutMs / 1000))}`;
  const milliseconds = `${Math.max(1, Math.round(probe.timeoutMs))}`;
  const limited = (flag: string) => (ttl === null ? [] : [flag, `${ttl}`]);
  const whole = (...flags: readonly string[]) => (dontFragment ? flags : []);
  switch (dialect) {
    case 'iputils':
    case 'iputils-legacy': {
      const args = ['-n', '-c', '1', '-W', seconds, '-s', size, ...limited('-t'), ...whole('-M', 'do'), to];
      return { tool: dialect === 'iputils-legacy' && isIpv6 ? 'ping6' : 'ping', args, hasLimit: true };
    }
    case 'busybox':
      // It prints no ICMP error, so that a TTL shows nothing, and has no flag against fragments.
      if (ttl !== null || dontFragment) return null;
      return { tool: 'ping', args: ['-c', '1', '-W', seconds, '-s', size, to], hasLimit: true };
    case 'inetutils': {
      if (dontFragment) return null;
      const common = ['-n', '-c', '1', '-s', size];
      return isIpv6
        ? { tool: 'ping6', args: [...common, '-w', seconds, ...limited('--hoplimit'), to], hasLimit: true }
        : { tool: 'ping', args: [...common, '-W', seconds, ...limited('--ttl'), to], hasLimit: true };
    }
    case 'macos':
    case 'freebsd': {
      if (!isIpv6) {
        const args = ['-n', '-c', '1', '-W', milliseconds, '-s', size, ...limited('-m'), ...whole('-D'), to];
        return { tool: 'ping', args, hasLimit: true };
      }
      // The flag of the hop limit differs between their releases.
      if (dontFragment || (ttl !== null && dialect === 'freebsd')) return null;
      return { tool: 'ping6', args: ['-n', '-c', '1', '-s', size, ...limited('-h'), to], hasLimit: false };
    }
    case 'windows': {
      if (isIpv6 && dontFragment) return null;
      const bytes = `${probe.payloadBytes}`;
      const args = ['-n', '1', '-w', milliseconds, '-l', bytes, ...limited('-i'), ...whole('-f'), to];
      return { tool: 'ping', args, hasLimit: true };
    }
  }
}
