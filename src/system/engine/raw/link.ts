import type { Family } from '../../../domain/address.ts';
import type { Clock } from '../../../domain/ports.ts';
import type { Channel, Channels, OpenedChannel, Received } from './channel.ts';
import { icmpProtocol } from './options.ts';

/** The sockets that all kinds of probes share: one raw ICMP socket a family, opened when it is first needed. */
export type RawLink = {
  readonly clock: Clock;
  readonly channels: Channels;
  /** Opens it, or says with an errno name why this machine does not. */
  icmp(family: Family): OpenedChannel;
  close(): void;
};

export function createLink(
  channels: Channels,
  clock: Clock,
  onReceived: (family: Family, received: Received) => void,
): RawLink {
  const icmp = new Map<Family, Channel>();
  const open = (family: Family): OpenedChannel => {
    const opened = channels.open({
      family,
      protocol: icmpProtocol(family),
      onReceived: (received) => onReceived(family, received),
    });
    if (opened.kind === 'open') icmp.set(family, opened);
    return opened;
  };
  return {
    clock,
    channels,
    icmp(family) {
      const channel = icmp.get(family);
      return channel?.isOpen() ? channel : open(family);
    },
    close() {
      for (const channel of icmp.values()) channel.close();
      channels.close();
    },
  };
}
