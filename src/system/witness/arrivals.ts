import type { Arrivals, WatchRequest } from '../../domain/witness.ts';

/** `IP 10.9.0.1.40000 > 10.9.0.2.8080: Flags [S], …` of tcpdump(8), whatever stands before it. */
const SEGMENT =
  /\bIP6? ([0-9A-Fa-f:.]{2,45})\.(\d{1,5}) > ([0-9A-Fa-f:.]{2,45})\.(\d{1,5}): (?:Flags \[([A-Z.]{0,9})\])?/;
const ECHO = /\bIP6? ([0-9A-Fa-f:.]{2,45}) > ([0-9A-Fa-f:.]{2,45}): ICMP6?,? echo (request|reply), id (\d+), seq (\d+)/;
const MOST_LINES = 20_000;

type Packet = { readonly from: string; readonly probe: string; readonly isAnswer: boolean };

/**
 * Reads what a capture wrote; every byte of it may be anything. null: no capture was made. Each probe counts once, however
 * often it was seen (a bridge, loopback).
 */
export function readArrivals(text: string, by: Arrivals['by'], request: WatchRequest): Arrivals | null {
  if (!/^(?:tcpdump: )?listening on /m.test(text)) return null;
  const packets = text
    .split('\n', MOST_LINES)
    .map((line) => (request.watched.protocol === 'icmp' ? echo(line) : segment(line, request)))
    .filter((packet) => packet !== null);
  const ours = packets.filter(({ from }) => from === request.source);
  const arrived = new Set(ours.flatMap(({ probe, isAnswer }) => (isAnswer ? [] : [probe])));
  const answered = new Set(ours.flatMap(({ probe, isAnswer }) => (isAnswer && arrived.has(probe) ? [probe] : [])));
  const others = new Set(
    packets.flatMap(({ from, probe, isAnswer }) => (isAnswer || from === request.source ? [] : [`${from} ${probe}`])),
  );
  return {
    by,
    arrived: arrived.size,
    answered: answered.size,
    others: others.size,
    isWhole: /^0 packets dropped by kernel\s*$/m.test(text),
  };
}

function segment(line: string, { watched }: WatchRequest): Packet | null {
  const [, from = '', fromPort = '', to = '', toPort = '', flags = ''] = SEGMENT.exec(line) ?? [];
  if (watched.protocol === 'icmp' || from === '') return null;
  const isTcp = watched.protocol === 'tcp';
  const isOpening = !isTcp || (flags.includes('S') && !flags.includes('.'));
  if (Number(toPort) === watched.port && isOpening) return { from, probe: fromPort, isAnswer: false };
  const isAnswering = !isTcp || flags.includes('R') || (flags.includes('S') && flags.includes('.'));
  return Number(fromPort) === watched.port && isAnswering ? { from: to, probe: toPort, isAnswer: true } : null;
}

function echo(line: string): Packet | null {
  const [, from = '', to = '', kind, id = '', sequence = ''] = ECHO.exec(line) ?? [];
  if (kind === undefined) return null;
  const probe = `${id} ${sequence}`;
  return kind === 'request' ? { from, probe, isAnswer: false } : { from: to, probe, isAnswer: true };
}
