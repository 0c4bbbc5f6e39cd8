import { type Family, familyOf } from '../../../domain/address.ts';
import type { Unavailable } from '../../../domain/evidence.ts';
import type { Clock } from '../../../domain/ports.ts';
import type { Answer, Probe, Prober, SendOptions } from '../../../domain/prober.ts';
import type { Lines } from '../../connect/line.ts';
import { type KoffiLoading, loadKoffi } from '../kernel/koffi.ts';
import { kernelLines } from '../kernel/lines.ts';
import { openLink } from '../kernel/link.ts';
import { addonChannels } from './addon-channels.ts';
import type { Channels, Received } from './channel.ts';
import { createEchoes } from './echo.ts';
import { hear } from './hearing.ts';
import { kernelChannels } from './kernel-channels.ts';
import { createLink } from './link.ts';
import { loadRawSocket, type RawLoading, whyNotOpened } from './socket.ts';
import { createSyns } from './syn.ts';
import { createDatagrams } from './udp.ts';
import { createWatchers } from './watch.ts';

export type RawOpening =
  | { readonly kind: 'open'; readonly prober: Prober; readonly lines?: Lines }
  | { readonly kind: 'unavailable'; readonly unavailable: Unavailable };

/**
 * Opens the engine on raw sockets (root or CAP_NET_RAW), or says what is missing. The package koffi, where it is there,
 * reads the sockets more sharply than raw-socket does, and gives a connector its `lines`: the kernel compares what an ICMP
 * error quotes with the whole connection, its sequence number included, which an eavesdropper does not know. Keeps the
 * process alive until closed.
 */
export async function openRawProber(
  clock: Clock,
  load: () => Promise<RawLoading> = loadRawSocket,
  loadSharper: () => Promise<KoffiLoading> = loadKoffi,
): Promise<RawOpening> {
  const [loading, sharper] = await Promise.all([load(), loadSharper()]);
  if (loading.kind === 'unavailable') return loading;
  const opened = sharper.kind === 'loaded' ? openLink(sharper.koffi, clock) : null;
  if (opened?.kind !== 'open') return createRawProber(addonChannels(loading.module, clock), clock);
  const raw = createRawProber(kernelChannels(opened.link), clock);
  return raw.kind === 'open' ? { ...raw, lines: kernelLines(opened.link) } : raw;
}

function createRawProber(channels: Channels, clock: Clock): RawOpening {
  const watchers = createWatchers();
  const onReceived = (family: Family, received: Received): void => {
    const heard = hear(family, received);
    if (heard === null) return;
    if (heard.kind === 'echo-reply') {
      echoes.hearReply(heard, received.atMs);
      return;
    }
    const isOurs = [echoes, datagrams, syns].some((kind) => kind.hearError(heard, received.atMs));
    if (!isOurs) watchers.hearError(heard);
  };
  const link = createLink(channels, clock, onReceived);
  const echoes = createEchoes(link);
  const datagrams = createDatagrams(link);
  const syns = createSyns(link);
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

  const first = link.icmp(4);
  // A machine without IPv4 may still have IPv6.
  const opened = first.kind === 'refused' && first.code === 'EAFNOSUPPORT' ? link.icmp(6) : first;
  if (opened.kind === 'refused') {
    link.close();
    return { kind: 'unavailable', unavailable: whyNotOpened(opened.code) };
  }
  return {
    kind: 'open',
    prober: {
      method: 'raw',
      lacks: {},
      async send(probe, options) {
        if (isClosed || options.signal.aborted) return { kind: 'silent', waitedMs: 0 };
        return send(probe, options);
      },
      watch(match, onError) {
        if (!isClosed) link.icmp(familyOf(match.to));
        return watchers.add(match, onError);
      },
      close() {
        if (isClosed) return;
        isClosed = true;
        echoes.close();
        datagrams.close();
        syns.close();
        link.close();
      },
    },
  };
}
