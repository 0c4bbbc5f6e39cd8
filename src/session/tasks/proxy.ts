import { pathOf } from '../../domain/target.ts';
import { proxy } from '../../probe/proxy.ts';
import type { TaskContext } from './context.ts';
import { PROXY_TIMEOUT_MS } from './pace.ts';

/** What other programs of this user do with a URL: they go by the proxy that the environment names. */
export async function proxyTask({ target, ports, signal, record }: TaskContext): Promise<void> {
  const { scheme, host, port, input } = target;
  if (port === null || (scheme !== 'http' && scheme !== 'https')) return;
  const options = { scheme, host, port, path: pathOf(input), timeoutMs: PROXY_TIMEOUT_MS };
  const found = await proxy(options, ports, signal);
  if (found !== null) record({ proxy: found });
}
