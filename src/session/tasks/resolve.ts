import { resolve } from '../../probe/resolve/resolve.ts';
import type { TaskContext } from './context.ts';
import { HOSTS_GRACE_MS, LOOKUP_CLOSING_MS, LOOKUP_PATIENCE_MS } from './pace.ts';

export async function resolveTask({
  options,
  target,
  ports,
  signal,
  signs,
  leftMs,
  progress,
  record,
}: TaskContext): Promise<void> {
  const found = await resolve(
    {
      target,
      families: options.families,
      graceMs: HOSTS_GRACE_MS,
      patienceMs: Math.min(LOOKUP_PATIENCE_MS, leftMs() - LOOKUP_CLOSING_MS),
    },
    ports,
    signal,
    (event) => {
      progress('resolve', event);
      if (event.kind === 'addresses') signs.addressesKnown.resolve(event.addresses);
    },
  );
  record({ resolve: found });
  signs.addressesKnown.resolve(found.addresses);
}
