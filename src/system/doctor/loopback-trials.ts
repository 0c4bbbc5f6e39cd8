import { connect, createServer } from 'node:net';
import type { Family } from '../../domain/address.ts';
import type { LoopbackTrial } from '../../domain/machine-facts.ts';
import type { Clock } from '../../domain/ports.ts';
import { type Answer, DEFAULT_ECHO_BYTES, type Probe, type Prober } from '../../domain/prober.ts';

const LOOPBACK = { 4: '127.0.0.1', 6: '::1' } as const;
const PATIENCE_MS = 2000;
/** The discard port (RFC 863): where nobody listens, the machine itself says so. */
const CLOSED_PORT = 9;
/** Where traces begin (traceroute(8)). */
const TRACE_PORT = 33_434;

/** Asks an open engine for one answer of this machine itself, in both families: by echo where it can, else by UDP. */
export async function tryProber(prober: Prober): Promise<readonly LoopbackTrial[]> {
  const kind = prober.lacks.echo === undefined ? 'echo' : prober.lacks.udp === undefined ? 'udp' : 'syn';
  return Promise.all(
    ([4, 6] as const).map(async (family) => {
      const answer = await prober.send(probeOf(kind, family), { signal: AbortSignal.timeout(2 * PATIENCE_MS) });
      return { family, kind, result: resultOf(answer) };
    }),
  );
}

function probeOf(kind: Probe['kind'], family: Family): Probe {
  const common = { to: LOOPBACK[family], ttl: null, timeoutMs: PATIENCE_MS } as const;
  switch (kind) {
    case 'echo':
      return { ...common, kind, payloadBytes: DEFAULT_ECHO_BYTES, dontFragment: false };
    case 'udp':
      // The tools that send datagrams all want a TTL, and loopback takes none off it.
      return { ...common, kind, ttl: 1, port: TRACE_PORT, sourcePort: null, payload: new Uint8Array(0) };
    case 'syn':
      return { ...common, kind, port: CLOSED_PORT, sourcePort: null };
  }
}

function resultOf(answer: Answer): LoopbackTrial['result'] {
  switch (answer.kind) {
    case 'reply':
    case 'reset':
    case 'answered':
    case 'icmp-error':
      return { kind: 'answered', rttMs: answer.rttMs };
    case 'local-error':
      return { kind: 'refused', code: answer.code };
    case 'silent':
      return { kind: 'silent' };
  }
}

/** Connects to a listener of its own on each loopback address: what Node's sockets can do here. */
export async function tryConnecting(clock: Clock): Promise<readonly LoopbackTrial[]> {
  return Promise.all(
    ([4, 6] as const).map(async (family) => ({ family, kind: 'connect', result: await connectOnce(family, clock) })),
  );
}

function connectOnce(family: Family, clock: Clock): Promise<LoopbackTrial['result']> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    const end = (result: LoopbackTrial['result']): void => {
      server.close();
      resolve(result);
    };
    const refuse = (error: NodeJS.ErrnoException): void => end({ kind: 'refused', code: error.code ?? 'EIO' });
    server.once('error', refuse).listen(0, LOOPBACK[family], () => {
      const listening = server.address();
      if (listening === null || typeof listening === 'string') return;
      const startedMs = clock.nowMs();
      const socket = connect({ host: LOOPBACK[family], port: listening.port, timeout: PATIENCE_MS });
      socket.once('error', refuse);
      socket.once('timeout', () => {
        socket.destroy();
        end({ kind: 'silent' });
      });
      socket.once('connect', () => {
        socket.destroy();
        end({ kind: 'answered', rttMs: clock.nowMs() - startedMs });
      });
    });
  });
}
