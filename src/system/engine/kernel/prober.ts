import type { Unavailable } from '../../../domain/evidence.ts';
import type { Clock } from '../../../domain/ports.ts';
import type { Answer, Probe, Prober, SendOptions } from '../../../domain/prober.ts';
import type { Lines } from '../../connect/line.ts';
import { createKernelEchoes } from './echo.ts';
import { openEchoSocket } from './echo-socket.ts';
import { type KoffiLoading, loadKoffi } from './koffi.ts';
import { kernelLines } from './lines.ts';
import { type KernelLink, openLink } from './link.ts';
import { whyNoEcho } from './permission.ts';
import { createKernelSyns } from './syn.ts';
import { createKernelDatagrams } from './udp.ts';

type KernelOpening =
  | { readonly kind: 'open'; readonly prober: Prober; readonly lines: Lines }
  | { readonly kind: 'unavailable'; readonly unavailable: Unavailable };

/**
 * Opens the engine on the kernel's own sockets and their error queues, which needs no right but, for echoes, a group
 * within `net.ipv4.ping_group_range`; or says what is missing. `lines` are sockets for a connector, which hear ICMP errors
 * until the prober is closed. Keeps the process alive until closed.
 */
export async function openKernelProber(
  clock: Clock,
  load: () => Promise<KoffiLoading> = loadKoffi,
): Promise<KernelOpening> {
  const loading = await load();
  if (loading.kind === 'unavailable') return loading;
  const opened = openLink(loading.koffi, clock);
  if (opened.kind === 'refused') {
    const obstacles = [{ code: 'kernel-engine-refused', said: opened.why }] as const;
    return { kind: 'unavailable', unavailable: { reason: 'not-supported', obstacles } };
  }
  return { kind: 'open', prober: createKernelProber(opened.link), lines: kernelLines(opened.link) };
}

function createKernelProber(link: KernelLink): Prober {
  const echoes = createKernelEchoes(link);
  const datagrams = createKernelDatagrams(link);
  const syns = createKernelSyns(link);
  const echo = echoUnavailable(link);
  let isClosed = false;
  const send = (probe: Probe, options: SendOptions): Promise<Answer> => {
    switch (probe.kind) {
      case 'echo':
        return echoes.send(probe, options);
      case 'udp':
        return datagrams.send(probe, options);
      case 'syn':
        return syns.send(probe, options);
    }
  };
  return {
    method: 'kernel',
    lacks: echo === null ? {} : { echo },
    async send(probe, options) {
      if (isClosed || options.signal.aborted) return { kind: 'silent', waitedMs: 0 };
      // Of what the kernel gives no time of its own, what arrived during a burst is not to wait for its end.
      link.reactor.drain();
      return send(probe, options);
    },
    // Each socket hears only of its own packets.
    watch: () => () => {},
    close() {
      if (isClosed) return;
      isClosed = true;
      echoes.close();
      datagrams.close();
      syns.close();
      link.reactor.close();
    },
  };
}

function echoUnavailable(link: KernelLink): Unavailable | null {
  const first = openEchoSocket(link, 4, '127.0.0.1');
  // A machine without IPv4 may still have IPv6.
  const opened = first.kind === 'refused' && first.code === 'EAFNOSUPPORT' ? openEchoSocket(link, 6, '::1') : first;
  if (opened.kind === 'refused') return whyNoEcho(opened.code);
  opened.socket.close();
  return null;
}
