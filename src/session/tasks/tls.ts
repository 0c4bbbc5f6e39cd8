import { startTlsAt } from '../../domain/start-tls-ports.ts';
import { tls } from '../../probe/tls.ts';
import type { TaskContext } from './context.ts';
import { START_TLS_TIMEOUT_MS, TLS_TIMEOUT_MS } from './pace.ts';
import { isLetIn } from './served.ts';

/** A handshake with the asked port, once that lets in. */
export async function tlsTask(context: TaskContext): Promise<void> {
  const { target, ports, signal, progress, record } = context;
  const address = await context.chosen();
  if (address === null || target.port === null || !(await isLetIn(context))) return;
  const isHttp = target.scheme === 'https';
  const startTls = isHttp ? null : startTlsAt(target.port);
  const found = await tls(
    {
      address,
      port: target.port,
      name: target.literal === null ? target.host : null,
      isHttp,
      startTls,
      timeoutMs: startTls === null ? TLS_TIMEOUT_MS : START_TLS_TIMEOUT_MS,
    },
    ports,
    signal,
    (event) => progress('tls', event),
  );
  record({ tls: found });
}
