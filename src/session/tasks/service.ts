import { readTls } from '../../analysis/tls.ts';
import type { TaskContext } from './context.ts';

/** What an https:// or http:// target asks for: a handshake first, then a request. */
export async function serviceTask({ target, known, job }: TaskContext): Promise<void> {
  if (target.scheme === 'http') return job('http');
  if (target.scheme !== 'https') return;
  await job('tls');
  const { outcome } = readTls(known.evidence.tls);
  // The server's own clock tells whether the certificate's date or this machine's is wrong.
  if (outcome === 'ok' || outcome === 'expired' || outcome === 'not-yet-valid') await job('http');
}
