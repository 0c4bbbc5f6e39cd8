import type { Family } from '../domain/address.ts';
import type { Clock } from '../domain/ports.ts';
import { type Channel, type OpenedChannel, openChannel, type Received } from './raw-channel.ts';
import { filterIcmp, icmpProtocol } from './raw-options.ts';
import type { RawModule } from './raw-socket.ts';

/** The sockets that all kinds of probes share: one raw ICMP socket a family, opened when it is first needed. */
export type RawLink = {
  readonly clock: Clock;
  readonly module: RawModule;
  /** Opens it, or says with an errno name why this machine does not. */
  icmp(family: Family): OpenedChannel;
  close(): void;
};

export function createLink(
  module: RawModule,
  clock: Clock,
  onReceived: (family: Family, received: Received) => void,
): RawLink {
  const channels = new Map<Family, Channel>();
  const open = (family: Family): OpenedChannel => {
    const opened = openChannel({
      module,
      clock,
      family,
      protocol: icmpProtocol(family),
      prepare: (socket) => filterIcmp(socket, family),
      onReceived: (received) => onReceived(family, received),
    });
    if (opened.kind === 'open') channels.set(family, opened);
    return opened;
  };
  return {
    clock,
    module,
    icmp(family) {
      const channel = channels.get(family);
      return channel?.isOpen() ? channel : open(family);
    },
    close() {
      for (const channel of channels.values()) channel.close();
    },
  };
}
