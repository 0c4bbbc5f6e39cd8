import { pathOf } from '../../domain/target.ts';
import { http } from '../../probe/http.ts';
import type { TaskContext } from './context.ts';
import { HTTP_TIMEOUT_MS } from './pace.ts';
import { isLetIn } from './served.ts';

/** One request for what the target names, once its port lets in. */
export async function httpTask(context: TaskContext): Promise<void> {
  const { target, ports, signal, progress, record } = context;
  const { scheme, port } = target;
  if (port === null || (scheme !== 'http' && scheme !== 'https')) return;
  const address = await context.chosen();
  if (address === null || !(await isLetIn(context))) return;
  const found = await http(
    {
      address,
      port,
      scheme,
      host: target.host,
      isLiteral: target.literal !== null,
      path: pathOf(target.input),
      timeoutMs: HTTP_TIMEOUT_MS,
    },
    ports,
    signal,
    (event) => progress('http', event),
  );
  record({ http: found });
}
