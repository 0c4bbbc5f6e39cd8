import type { Clock } from '../../../domain/ports.ts';
import type { KoffiModule } from './koffi.ts';
import { bindLibc, type Libc } from './libc.ts';
import { openReactor, type Reactor } from './reactor.ts';
import { createReceiver, type Receiver, readTimespec } from './receive.ts';

const CLOCK_REALTIME = 0;

/** What all sockets of the engine share. */
export type KernelLink = {
  readonly clock: Clock;
  readonly libc: Libc;
  readonly reactor: Reactor;
  readonly receiver: Receiver;
  /** The kernel's wall clock, in milliseconds: what its receive timestamps are told by. */
  stampMs(): number;
};

/** Binds the C library and opens the reactor; an errno name or a text where this machine does not let it. */
export function openLink(
  koffi: KoffiModule,
  clock: Clock,
): { readonly kind: 'open'; readonly link: KernelLink } | { readonly kind: 'refused'; readonly why: string } {
  try {
    const libc = bindLibc(koffi);
    const reactor = openReactor(koffi, libc);
    if (reactor === null) return { kind: 'refused', why: libc.errno() };
    const time = Buffer.alloc(16);
    return {
      kind: 'open',
      link: {
        clock,
        libc,
        reactor,
        receiver: createReceiver(libc),
        stampMs() {
          libc.clockGettime(CLOCK_REALTIME, time);
          return readTimespec(time, libc.wordBytes);
        },
      },
    };
  } catch (error) {
    return { kind: 'refused', why: error instanceof Error ? error.message : String(error) };
  }
}
