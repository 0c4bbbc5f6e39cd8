import type {
  ConnectEvidence,
  Evidence,
  HopEchoesEvidence,
  Listener,
  Method,
  MtuEvidence,
  PingEvidence,
  ResolveEvidence,
  RouteEvidence,
  SocketsEvidence,
  TraceEvidence,
} from '../../domain/evidence.ts';
import type { IcmpError } from '../../domain/icmp-error.ts';
import type { Report } from '../../domain/report.ts';
import { transportOf } from '../../domain/target.ts';
import type { Language } from '../../domain/verdict.ts';
import { formatMs } from '../format-ms.ts';
import { describeHttp, describeTls } from './service-lines.ts';
import { type EvidenceWords, evidenceWordsOf } from './words.ts';

/** More of one kind than a reader would look at; the JSON has them all. */
const MAX_SHOWN = 6;

/** What one probe saw, in one line, and the command that shows the same. Not yet fit to print: see printable.ts. */
export type EvidenceLine = {
  readonly probe: keyof Evidence;
  readonly seen: string;
  readonly equivalent: string;
};

/** One line for each probe that ran, in the order of the contract. */
export function evidenceLines({ evidence, target }: Report, lang: Language): readonly EvidenceLine[] {
  const words = evidenceWordsOf(lang);
  const { resolve, route, ping, connect, trace, portTrace, hopEchoes, mtu, sockets, tls, http } = evidence;
  const line = (
    probe: keyof Evidence,
    found: { readonly equivalent: string; readonly cutShort?: true } | undefined,
    parts: readonly (string | false | null)[],
    method: Method | null = null,
  ): readonly EvidenceLine[] => {
    if (found === undefined) return [];
    const seen = parts.filter((part) => part !== false && part !== null && part !== '').join(', ');
    const notes = [method === null ? '' : ` (${method})`, found.cutShort ? ` ${words.cutShort}` : ''];
    return [{ probe, seen: seen + notes.join(''), equivalent: found.equivalent }];
  };
  return [
    ...line('resolve', resolve, resolve ? describeResolve(resolve) : []),
    ...line('route', route, route ? describeRoute(route, words) : []),
    ...line('ping', ping, ping ? describePing(ping, words) : [], ping?.method),
    ...line('connect', connect, connect ? describeConnect(connect) : []),
    ...line('trace', trace, trace ? describeTrace(trace, words) : [], trace?.method),
    ...line('portTrace', portTrace, portTrace ? describeTrace(portTrace, words) : [], portTrace?.method),
    ...line('hopEchoes', hopEchoes, hopEchoes ? describeHopEchoes(hopEchoes, words) : [], hopEchoes?.method),
    ...line('mtu', mtu, mtu ? describeMtu(mtu, words) : [], mtu?.method),
    ...line(
      'sockets',
      sockets,
      sockets ? describeSockets(sockets, target.port, transportOf(target.scheme), words) : [],
    ),
    ...line('tls', tls, tls ? describeTls(tls, words) : []),
    ...line('http', http, http ? describeHttp(http, words) : []),
  ];
}

function describeResolve({ status, host, addresses, source, servers }: ResolveEvidence): readonly string[] {
  if (status === 'literal') return [`literal ${host}`];
  const found = addresses.length === 0 ? status : shown(addresses.map(String)).join(', ');
  return [
    `${host}: ${found}${source === null || addresses.length === 0 ? '' : ` (${source})`}`,
    ...shown(
      servers.map(({ address, rcode, ms, error }) =>
        [address, rcode ?? error ?? 'no answer', ms === null ? '' : formatMs(ms)]
          .filter((part) => part !== '')
          .join(' '),
      ),
    ),
  ];
}

function describeRoute(route: RouteEvidence, words: EvidenceWords): readonly (string | false | null)[] {
  const { status, error, gateway, onLink, source, neighbour, mtu } = route;
  if (status === 'local') return [words.own, route.interface];
  return [
    status !== 'ok' && (error === null ? status : `${status} (${error})`),
    gateway === null ? onLink === true && words.onLink : words.via(gateway),
    route.interface,
    source !== null && words.from(source),
    neighbour !== null && words.neighbour(neighbour),
    mtu !== null && `MTU ${mtu}`,
  ];
}

function describePing(ping: PingEvidence, words: EvidenceWords): readonly (string | false | null)[] {
  const { method, sent, received, lossPercent, duplicates, rttMs, replyTtl, errors, localError, late } = ping;
  if (method === null)
    return [ping.unavailable === null ? words.notMeasured : `${words.notMeasured}: ${ping.unavailable.hint}`];
  return [
    words.answered(received, sent),
    lossPercent !== null && lossPercent > 0 && words.lost(rounded(lossPercent)),
    rttMs !== null && `${words.median(formatMs(rttMs.median))} (${formatMs(rttMs.min)} – ${formatMs(rttMs.max)})`,
    replyTtl !== null && `TTL ${replyTtl}`,
    duplicates > 0 && words.duplicates(duplicates),
    ...shown(errors.map((error) => `${describeError(error)} ×${error.count}`)),
    localError,
    late !== undefined &&
      `${words.late(formatMs(late.waitedMs))} ${late.error ? describeError(late.error) : late.rttMs === null ? words.nothing : formatMs(late.rttMs)}`,
  ];
}

function describeConnect({ attempts, sideError }: ConnectEvidence): readonly (string | false | null)[] {
  const lines = attempts.map(({ protocol, address, port, state, ms, error, icmp, dropped }) => {
    const why = [icmp === null ? error : describeError(icmp), dropped, formatMs(ms)].filter((part) => part !== null);
    return `${protocol} ${address.includes(':') ? `[${address}]` : address}:${port} ${state} (${why.join(', ')})`;
  });
  return [...shown(lines), sideError];
}

function describeTrace(trace: TraceEvidence, words: EvidenceWords): readonly (string | false | null)[] {
  if (trace.method === null) {
    return [trace.unavailable === null ? words.notMeasured : `${words.notMeasured}: ${trace.unavailable.hint}`];
  }
  const answered = trace.hops.filter(({ addresses }) => addresses.length > 0).length;
  return [
    `${trace.protocol}${trace.port === undefined ? '' : ` ${trace.port}`}: ${trace.outcome}`,
    trace.stopReason !== undefined && words.stopped[trace.stopReason],
    ...(trace.oddities ?? []).map((oddity) => words.oddity[oddity]),
    trace.outcome === 'reached' ? words.hops(trace.hops.length) : words.tried(trace.hops.length),
    words.answered(answered, trace.hops.length),
    ...shown(trace.hops.flatMap(({ ttl, error }) => (error === null ? [] : [`${ttl}: ${describeError(error)}`]))),
  ];
}

/** What each hop lost and took: these lines are for reading down, so that none is left out. */
function describeHopEchoes({ hops }: HopEchoesEvidence, words: EvidenceWords): readonly string[] {
  return hops.map(({ ttl, sent, received, rttMs }) => {
    const what =
      received === 0
        ? words.nothing
        : `${words.lost(rounded(((sent - received) / sent) * 100))}${rttMs === null ? '' : ` ${formatMs(rttMs.median)}`}`;
    return `${ttl ?? '?'}: ${what}`;
  });
}

function describeMtu({ pathMtu, blackhole, reportedBy }: MtuEvidence, words: EvidenceWords) {
  return [
    pathMtu === null ? !blackhole && words.notMeasured : `MTU ${pathMtu}`,
    blackhole && words.blackhole,
    reportedBy !== null && words.reportedBy(reportedBy),
  ];
}

function describeSockets(
  { listening, missing, unavailable }: SocketsEvidence,
  port: number | null,
  transport: 'tcp' | 'udp',
  words: EvidenceWords,
): readonly (string | false | null)[] {
  if (listening === null)
    return [unavailable === undefined ? words.notMeasured : `${words.notMeasured}: ${unavailable.hint}`];
  const asked = listening.filter((listener) => listener.port === port && listener.protocol === transport);
  return [
    ...shown(asked.map((listener) => describeListener(listener, words))),
    port !== null && asked.length === 0 && words.noListener(port),
    words.listeners(listening.length),
    missing,
  ];
}

function describeListener(listener: Listener, words: EvidenceWords) {
  const { address, port, process, pid, acceptQueue, backlog } = listener;
  const device = listener.interface == null || address.includes('%') ? '' : `%${listener.interface}`;
  const who = process === null ? '?' : pid === null ? process : `${process} (pid ${pid})`;
  const where = `${address.includes(':') ? `[${address}]` : address}${device}:${port}`;
  return `${words.listens(who, where)}${acceptQueue === null ? '' : ` (${words.queue(acceptQueue, backlog)})`}`;
}

function describeError({ kind, from, type, code }: IcmpError): string {
  return `${kind} (${type}/${code}, ${from})`;
}

function rounded(percent: number): number {
  return Math.round(percent * 10) / 10;
}

/** The first of many, and how many are not shown. */
function shown(items: readonly string[]): readonly string[] {
  return items.length <= MAX_SHOWN ? items : [...items.slice(0, MAX_SHOWN), `+${items.length - MAX_SHOWN}`];
}
