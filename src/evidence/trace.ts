import type { IpAddress } from '../domain/address.ts';
import { copiedCommand } from '../domain/command-line.ts';
import type { Language } from '../domain/verdict.ts';
import type { Fields } from './fields.ts';
import type { EvidenceKind, Inferred, Parts } from './kind.ts';
import type { ProbeEvent } from './probe-event.ts';
import { describeError, describeUnavailable, firstFew, sharedWords } from './words.ts';

const MAX_HOPS = 256;

/** A trace by any protocol; `description` says which of them. */
export const traceSchema = (f: Fields, description: string) =>
  f.object(
    {
      ...f.timed(),
      method: f.nullable(f.method('Which engine sent the probes; null: none could, and `unavailable` says why.')),
      unavailable: f.nullable(f.unavailable()),
      address: f.address('Where to.'),
      protocol: f.oneOf(['icmp', 'udp', 'tcp'], 'What the probes are.'),
      port: f.optional(f.port('Of the target, of a trace by UDP or TCP.')),
      outcome: f.oneOf(['reached', 'stopped', 'loop', 'unreachable', 'prohibited', 'silent'], 'How far it came.'),
      stopReason: f.optional(
        f.oneOf(
          ['target', 'error', 'loop', 'silent-hops', 'max-hops', 'refused', 'time', 'interrupted'],
          'Why it went no further: the target answered, an error says that nothing is behind it, a loop is proven, five hops in a row were silent, the longest path was probed, this machine refused to send, its time was over, or it was interrupted.',
        ),
      ),
      hops: f.list(
        hop(f),
        'Every TTL that was probed, from 1; the last is the target, or the last hop that was probed.',
        MAX_HOPS,
      ),
      loop: f.addresses(
        'The addresses that answer again and again, first hop of the loop first; empty without a loop.',
      ),
      targetAnswer: f.optional(targetAnswer(f)),
      oddities: f.optional(
        f.list(
          f.oneOf(
            ['target-at-first-hop', 'one-address', 'expired-at-target'],
            "`target-at-first-hop`: the target answered the very first TTL although a gateway lies before it. `one-address`: one address answered every TTL before the target (three or more). `expired-at-target`: Time Exceeded came from the target's own address, as a translator in front of it sends it.",
          ),
          'What shows that the hops may not be what they look like; absent where nothing is odd.',
          3,
        ),
      ),
      flows: f.optional(f.count('How many flows were probed; absent for one.')),
    },
    description,
  );

const hop = (f: Fields) =>
  f.object(
    {
      ttl: f.octet('The TTL that it stands for.'),
      addresses: f.addresses('Who answered, in order of first answer; empty for a hop that did not.'),
      sent: f.count('Probes sent with this TTL.'),
      received: f.count('Those that were answered.'),
      rttMs: f.nullable(f.rttMs('Round trip times; null where nothing answered, or none could be timed.')),
      error: f.nullable(
        f.icmpError(
          'The unreachable or prohibition that came back at this TTL, else null (Time Exceeded and replies are not errors here).',
        ),
      ),
      mpls: f.optional(
        f.list(
          f.object(
            {
              label: f.count('The label.'),
              trafficClass: f.octet('The traffic class.'),
              bottom: f.flag('Whether it is the last of the stack.'),
              ttl: f.octet('The TTL of the entry.'),
            },
            'One entry of the stack (RFC 3032 2.1).',
          ),
          'The MPLS labels with which the packet came to the router (RFC 4950), outermost first; absent where it told none.',
        ),
      ),
      interfaces: f.optional(
        f.list(hopInterface(f), 'What the router told of its interfaces (RFC 5837); absent where it told nothing.'),
      ),
    },
    'One TTL of the path.',
  );

const hopInterface = (f: Fields) =>
  f.object(
    {
      role: f.oneOf(
        ['incoming', 'sub-ip', 'outgoing', 'next-hop'],
        'By which the packet came in, or would have left (RFC 5837 4.1).',
      ),
      index: f.nullable(f.count('Its number (ifIndex).')),
      address: f.nullable(f.address('Its address.')),
      name: f.nullable(f.word('Its name, in the words of the router.', 'interface')),
      mtu: f.nullable(f.count('Its MTU, in bytes.')),
    },
    'What a router says of one of its interfaces; null is what it leaves out.',
  );

const targetAnswer = (f: Fields) =>
  f.object(
    {
      kind: f.oneOf(
        ['reply', 'reset', 'answered', 'port-unreachable'],
        '`answered`: the engine cannot see whether it accepts or refuses.',
      ),
      ttl: f.octet('TTL of the first probe that it answered.'),
      replyTtl: f.nullable(f.octet('TTL with which the answer arrived; null where the engine cannot see it.')),
    },
    'What the target itself answered; absent where it answered nothing.',
  );

const schema = (f: Fields) => traceSchema(f, 'The path to the target, by ICMP, or by UDP where ICMP cannot be sent.');

export type TraceEvidence = Inferred<typeof schema>;

export type Hop = TraceEvidence['hops'][number];

export type TraceOutcome = TraceEvidence['outcome'];

export type TraceProtocol = TraceEvidence['protocol'];

export type TraceStop = NonNullable<TraceEvidence['stopReason']>;

export type TraceOddity = NonNullable<TraceEvidence['oddities']>[number];

export type TargetAnswer = NonNullable<TraceEvidence['targetAnswer']>;

type Words = {
  readonly hops: (count: number) => string;
  readonly tried: (count: number) => string;
  readonly stopped: Readonly<Record<TraceStop, string>>;
  readonly oddity: Readonly<Record<TraceOddity, string>>;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    hops: (count) => `${count} hop${count === 1 ? '' : 's'}`,
    tried: (count) => `${count} hop${count === 1 ? '' : 's'} tried`,
    stopped: {
      target: 'ended at the target',
      error: 'ended at an error',
      loop: 'ended at a loop',
      'silent-hops': 'ended after five silent hops',
      'max-hops': 'ended at the highest TTL',
      refused: 'this machine refused to send',
      time: 'ended when its time was over',
      interrupted: 'interrupted',
    },
    oddity: {
      'target-at-first-hop':
        'the target answered the first hop although a gateway lies before it: something answers for it',
      'one-address': 'one address answered hop after hop: the hops behind it stay hidden',
      'expired-at-target': "Time Exceeded came from the target's own address: a translator stands before it",
    },
  },
  ko: {
    hops: (count) => `홉 ${count}개`,
    tried: (count) => `홉 ${count}개 시도`,
    stopped: {
      target: '대상에서 끝남',
      error: '오류에서 끝남',
      loop: '라우팅 루프에서 끝남',
      'silent-hops': '응답 없는 홉 다섯 개 뒤에 끝남',
      'max-hops': '최대 TTL에서 끝남',
      refused: '이 컴퓨터가 보내기를 거부함',
      time: '시간이 다 되어 끝남',
      interrupted: '중단됨',
    },
    oddity: {
      'target-at-first-hop': '앞에 게이트웨이가 있는데 첫 홉에서 대상이 응답함: 무언가가 대신 응답합니다',
      'one-address': '한 주소가 여러 홉에서 잇달아 응답함: 그 뒤의 홉은 보이지 않습니다',
      'expired-at-target': '대상의 주소에서 시간 초과가 옴: 앞에 주소 변환 장비가 있습니다',
    },
  },
};

export function describeTrace(trace: TraceEvidence, lang: Language): Parts {
  if (trace.method === null) return describeUnavailable(trace.unavailable, lang);
  const words = WORDS[lang];
  const answered = trace.hops.filter(({ addresses }) => addresses.length > 0).length;
  return [
    `${trace.protocol}${trace.port === undefined ? '' : ` ${trace.port}`}: ${trace.outcome}`,
    trace.stopReason !== undefined && words.stopped[trace.stopReason],
    ...(trace.oddities ?? []).map((oddity) => words.oddity[oddity]),
    trace.outcome === 'reached' ? words.hops(trace.hops.length) : words.tried(trace.hops.length),
    sharedWords(lang).answered(answered, trace.hops.length),
    ...firstFew(trace.hops.flatMap(({ ttl, error }) => (error === null ? [] : [`${ttl}: ${describeError(error)}`]))),
  ];
}

const TRACEROUTE_FLAGS: Readonly<Record<TraceProtocol, string>> = { icmp: '-I', udp: '-U', tcp: '-T' };

/** `port`: not used by ICMP. */
export function traceCommand(address: IpAddress, protocol: TraceProtocol, port: number): string {
  const family = address.includes(':') ? ['-6'] : [];
  const to = protocol === 'icmp' ? [] : ['-p', String(port)];
  return copiedCommand(['traceroute', ...family, TRACEROUTE_FLAGS[protocol], ...to, '-n', address]);
}

/** Of a recorded trace. */
export const commandOfTrace = ({ address, protocol, port = 0 }: TraceEvidence): string =>
  traceCommand(address, protocol, port);

export const TRACE: EvidenceKind<TraceEvidence> = {
  probe: 'trace',
  schema,
  describe: describeTrace,
  command: commandOfTrace,
  events: (trace) => [...trace.hops.flatMap(answersOf), { kind: 'traced', trace }],
};

/** The least, the median and the greatest are all there is of three answers; of more, the others are told as the median. */
function answersOf({ ttl, addresses, received, rttMs }: Hop): readonly ProbeEvent[] {
  const [address] = addresses;
  if (address === undefined || rttMs === null) return [];
  const known = [rttMs.min, rttMs.max].slice(0, Math.max(0, received - 1));
  const times = [...known, ...Array.from({ length: Math.max(0, received - known.length) }, () => rttMs.median)];
  return times.map((ms, index) => ({
    kind: 'hop',
    ttl,
    address: addresses[index % addresses.length] ?? address,
    rttMs: ms,
  }));
}
