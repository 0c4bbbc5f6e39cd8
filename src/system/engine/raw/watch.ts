import type { IcmpError } from '../../../domain/icmp-error.ts';
import type { QuoteMatch } from '../../../domain/prober.ts';
import { answeringAddress } from '../shared/probe-flight.ts';
import { zonedLike } from '../shared/zoned-like.ts';
import type { Heard } from './hearing.ts';

type HeardError = Extract<Heard, { readonly kind: 'error' }>;

/** Those who wait for ICMP errors that quote packets of the kernel's own sockets. */
export type Watchers = {
  add(match: QuoteMatch, onError: (error: IcmpError) => void): () => void;
  hearError(heard: HeardError): void;
};

export function createWatchers(): Watchers {
  const watchers = new Set<(heard: HeardError) => void>();
  return {
    add(match, onError) {
      const target = answeringAddress(match.to);
      const watcher = ({ error, quote }: HeardError): void => {
        if (quote.kind !== match.protocol || quote.destination !== target) return;
        if (quote.destinationPort !== match.port) return;
        const ours = match.sourcePort();
        if (ours !== null && ours !== quote.sourcePort) return;
        onError({ ...error, from: zonedLike(error.from, match.to) });
      };
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    hearError(heard) {
      for (const watcher of [...watchers]) watcher(heard);
    },
  };
}
