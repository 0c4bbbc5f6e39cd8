import type { Family } from '../../../domain/address.ts';
import type { Clock } from '../../../domain/ports.ts';
import { PROTOCOL } from '../../../packet/protocol.ts';
import type { Channel, Channels, OpenedChannel, Received } from './channel.ts';
import { icmpProtocol } from './options.ts';

/** The sockets that all kinds of probes share, each opened when it is first needed. */
export type RawLink = {
  readonly clock: Clock;
  readonly channels: Channels;
  /** Opens it, or says with an errno name why this machine does not. */
  icmp(family: Family): OpenedChannel;
  /** Takes whole IPv4 packets and hears nothing, not even of its own: so the kernel learns nothing by what answers them. */
  packets(): OpenedChannel;
  close(): void;
};

export function createLink(
  channels: Channels,
  clock: Clock,
  onReceived: (family: Family, received: Received) => void,
): RawLink {
  const opened = new Map<string, Channel>();
  const open = (family: Family, protocol: number): OpenedChannel => {
    const key = `${family} ${protocol}`;
    const known = opened.get(key);
    if (known?.isOpen()) return known;
    const channel = channels.open({ family, protocol, onReceived: (received) => onReceived(family, received) });
    if (channel.kind === 'open') opened.set(key, channel);
    return channel;
  };
  return {
    clock,
    channels,
    icmp: (family) => open(family, icmpProtocol(family)),
    packets: () => open(4, PROTOCOL.raw),
    close() {
      for (const channel of opened.values()) channel.close();
      channels.close();
    },
  };
}
