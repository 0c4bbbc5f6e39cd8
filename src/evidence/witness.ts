import { familyOf } from '../domain/address.ts';
import { copiedCommand } from '../domain/command-line.ts';
import { parseVantage } from '../domain/parse-vantage.ts';
import { typedCommand } from '../domain/typed-command.ts';
import type { Language } from '../domain/verdict.ts';
import { TABLE_FAMILIES, type WatchRequest } from '../domain/witness.ts';
import { tcpdumpArguments } from './capture-words.ts';
import type { Fields } from './fields.ts';
import type { EvidenceKind, Inferred } from './kind.ts';
import { describeUnavailable, endpoint } from './words.ts';

const schema = (f: Fields) =>
  f.object(
    {
      ...f.timed(),
      host: f.text('Which machine was watched: `local`, or a vantage as it was named.', 'vantage'),
      unavailable: f.optional(
        f.object(
          {
            reason: f.oneOf(
              ['not-permitted', 'not-installed', 'not-supported', 'not-answered'],
              'Of what kind the obstacle is; `not-answered`: the machine, or the way to it, did not answer in time.',
            ),
            ...f.obstacles(),
          },
          'Why it could not be watched; absent where it was.',
        ),
      ),
      probes: f.object(
        {
          protocol: f.oneOf(['tcp', 'udp', 'icmp'], 'What was sent while it was watched: SYNs, datagrams or echoes.'),
          to: f.address('The address that they were sent to.'),
          port: f.nullable(f.port('The port that they were sent to; null for echoes.')),
          sent: f.count('How many, each from another source port.'),
          silent: f.count('How many of them got no answer here.'),
          refused: f.count('How many got an RST or an ICMP error.'),
          answered: f.count('How many were accepted, or answered.'),
        },
        'What was sent for it, beside all other probes of the run.',
      ),
      seen: f.nullable(testimony(f)),
    },
    "What the target's own kernel, or this machine's, said of probes that were sent while it was watched.",
  );

const moved = (f: Fields, description: string) =>
  f.object(
    {
      background: f.count('By how much it rose while nothing was sent for it.'),
      moved: f.count('By how much it rose while the probes were sent.'),
    },
    description,
  );

/** Names that every machine has give nothing away. */
const USUAL = /^(?:filter|nat|mangle|raw|security|input|output|forward|prerouting|postrouting|firewalld)$/i;

const rule = (f: Fields) =>
  f.object(
    {
      tool: f.oneOf(['nft', 'iptables', 'ip6tables'], 'What shows it, and changes it.'),
      family: f.oneOf([...TABLE_FAMILIES, 'iptables', 'ip6tables'], 'nft: the family of its table; else its tool.'),
      table: f.word('Its table.', 'text', USUAL),
      chain: f.word('Its chain.', 'text', USUAL),
      handle: f.nullable(f.count('nft: its handle; else its number in the chain. null: the policy of the chain.')),
      after: f.nullable(f.count('nft: the handle of the rule before it; null where it is the first.')),
      text: f.text('The rule, without its comment and the values of its counter.'),
      verdict: f.oneOf(['drop', 'reject'], 'What it does with a packet.'),
      manager: f.nullable(
        f.oneOf(
          ['ufw', 'firewalld', 'docker', 'kube-proxy', 'cilium', 'calico'],
          'Which program writes such chains, by their names.',
        ),
      ),
      packets: f.nullable(moved(f, 'What it counted; null where it counts nothing that would prove a drop.')),
    },
    'A rule, or the policy of a chain.',
  );

const testimony = (f: Fields) =>
  f.object(
    {
      right: f.oneOf(['root', 'sudo', 'none'], 'By what right it was looked at: as root, by `sudo -n`, or as anybody.'),
      arrivals: f.nullable(
        f.object(
          {
            by: f.oneOf(['tcpdump', 'python3'], 'What captured.'),
            arrived: f.count("How many different probes came from this machine's address."),
            answered: f.count('How many of them were seen to be answered, by a packet that left.'),
            others: f.count('How many such packets came from other addresses: translated ones, or those of others.'),
            isWhole: f.flag('Whether the capture ran through and lost nothing.'),
          },
          'What a capture saw there; null where none could be made.',
        ),
      ),
      rules: f.nullable(
        f.list(rule(f), 'Rules that drop or reject and may have met the probes; null where they could not be read.'),
      ),
      reversePath: f.nullable(moved(f, 'Packets that the reverse-path filter dropped (IPReversePathFilter).')),
      noRoute: f.nullable(moved(f, 'Packets for which there was no route (OutNoRoutes).')),
      conntrack: f.nullable(
        f.object(
          {
            count: f.count('Entries of the connection table.'),
            max: f.count('How many it may have.'),
            drops: f.nullable(moved(f, 'Packets that were dropped for want of an entry.')),
          },
          'The connection table (nf_conntrack); null where there is none.',
        ),
      ),
      missing: f.nullable(f.text('In words, what could not be looked at; null where nothing is missing.', 'sentence')),
    },
    'What was seen; null where nothing could be.',
  );

export type WitnessEvidence = Inferred<typeof schema>;

type Words = {
  readonly sent: (count: number, what: string) => string;
  readonly arrived: (arrived: number, answered: number) => string;
  readonly rule: (packets: number, place: string, text: string) => string;
  readonly reversePath: (packets: number) => string;
  readonly noRoute: (packets: number) => string;
  readonly full: (count: number, max: number) => string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    sent: (count, what) => `${count} sent to ${what}`,
    arrived: (arrived, answered) => `${arrived} arrived there, ${answered} answered`,
    rule: (packets, place, text) => `${packets} met ${place}: ${text}`,
    reversePath: (packets) => `reverse-path filter dropped ${packets}`,
    noRoute: (packets) => `no route for ${packets}`,
    full: (count, max) => `connection table ${count} of ${max}`,
  },
  ko: {
    sent: (count, what) => `${what}(으)로 ${count}개 보냄`,
    arrived: (arrived, answered) => `그곳에 ${arrived}개 도착, ${answered}개 응답`,
    rule: (packets, place, text) => `${packets}개가 ${place} 규칙에 걸림: ${text}`,
    reversePath: (packets) => `역방향 경로 필터가 ${packets}개 폐기`,
    noRoute: (packets) => `${packets}개에 경로 없음`,
    full: (count, max) => `연결 추적 표 ${count}/${max}`,
  },
};

export const WITNESS: EvidenceKind<WitnessEvidence> = {
  probe: 'witness',
  schema,
  describe: ({ host, probes, seen, unavailable }, lang) => {
    if (seen === null) return [host, ...describeUnavailable(unavailable, lang)];
    const words = WORDS[lang];
    const { arrivals, rules, reversePath, noRoute, conntrack } = seen;
    const to = probes.port === null ? probes.to : endpoint(probes.to, probes.port);
    const met = (rules ?? []).filter(({ packets }) => packets !== null && packets.moved > 0).slice(0, 2);
    return [
      host,
      words.sent(probes.sent, `${probes.protocol} ${to}`),
      arrivals !== null && words.arrived(arrivals.arrived, arrivals.answered),
      ...met.map((each) => words.rule(each.packets?.moved ?? 0, placeOf(each), each.text)),
      reversePath !== null && reversePath.moved > 0 && words.reversePath(reversePath.moved),
      noRoute !== null && noRoute.moved > 0 && words.noRoute(noRoute.moved),
      conntrack !== null && conntrack.count >= conntrack.max && words.full(conntrack.count, conntrack.max),
      seen.missing,
    ];
  },
  command: ({ host, probes: { protocol, port, to } }) =>
    witnessCommand(host, {
      family: familyOf(to),
      watched: protocol === 'icmp' || port === null ? { protocol: 'icmp' } : { protocol, port },
    }),
  events: () => [],
};

/** As a person would type it: here, or for the vantage. */
export function witnessCommand(host: string, request: Pick<WatchRequest, 'watched' | 'family'>): string {
  const words = ['tcpdump', ...tcpdumpArguments(request)];
  const parsed = parseVantage(host);
  if (parsed.kind === 'invalid') return '';
  return parsed.vantage.kind === 'local' ? copiedCommand(words) : typedCommand(parsed.vantage, words);
}

type Rule = NonNullable<NonNullable<WitnessEvidence['seen']>['rules']>[number];

function placeOf({ tool, family, table, chain, handle }: Rule): string {
  const place = tool === 'nft' ? `${family} ${table} ${chain}` : `${tool} ${table} ${chain}`;
  return handle === null ? place : `${place} ${tool === 'nft' ? 'handle' : '#'} ${handle}`;
}
