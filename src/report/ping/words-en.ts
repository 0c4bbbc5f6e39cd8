import type { PingWords } from './words.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const PING_WORDS_EN: PingWords = {
  title: (host, address, count) =>
    `${plural(count, 'ICMP echo', 'ICMP echoes')} to ${host}${address === null ? '' : ` (${address})`}`,
  reply: (address, sequence, ttl, ms) =>
    `${address}: icmp_seq=${sequence}${ttl === null ? '' : ` ttl=${ttl}`} time=${ms}`,
  error: (from, sequence, kind, icmp) => `From ${from}: icmp_seq=${sequence} ${kind} (${icmp})`,
  noAnswer: (sequences) => `No answer: icmp_seq ${sequences}`,
  counts: (sent, received, open) =>
    `${sent} sent, ${received} answered${open === 0 ? '' : `, ${open} still open when it ended`}`,
  loss: (percent, interval) => `${percent} lost${interval === null ? '' : ` (95 % interval ${interval})`}`,
  rtt: (values) => `RTT min/median/avg/max/stddev ${values}`,
  jitter: (ms) => `jitter ${ms}`,
  duplicates: (count) => plural(count, 'duplicate', 'duplicates'),
  errors: (from, kind, icmp, count) => `From ${from}: ${kind} (${icmp}) ×${count}`,
  replyTtl: (ttl) => `replies arrive with TTL ${ttl}`,
  method: (method) => `measured by ${method}`,
  outcome: {
    answered: ({ address, median }) => `${address} answers echo, after ${median} (median).`,
    lossy: ({ address, lost, sent }) => `${address} answers, and ${lost} of ${sent} echoes got no answer.`,
    slow: ({ address, median }) => `${address} answers, and slowly: ${median} (median).`,
    jittery: ({ address, jitter }) => `${address} answers, unevenly: one answer differs from the next by ${jitter}.`,
    duplicated: ({ address, duplicates }) =>
      `${address} answers, and ${plural(duplicates, 'answer was', 'answers were')} a duplicate: a loop or a mirror on a link, or machines with one link-layer address.`,
    partly: ({ address }) => `${address} answers, and other addresses of the name do not.`,
    silent: ({ address }) =>
      `${address} does not answer echo. That alone does not say that it is down: filters drop echo as well.`,
    'host-unreachable': ({ address, from, icmp }) =>
      `${from} reports that the host ${address} cannot be reached (${icmp}).`,
    'network-unreachable': ({ address, from, icmp }) => `${from} reports that it has no route to ${address} (${icmp}).`,
    prohibited: ({ from, icmp }) => `${from} refuses the echo (${icmp}): a firewall or access list.`,
    expired: ({ from, icmp }) =>
      `The echo expired on its way, at ${from} (${icmp}): a routing loop, or a longer path than any TTL allows.`,
    blocked: () => "This machine's own firewall refuses to let the echo out.",
    unavailable: ({ hint }) => `No echo could be sent. ${hint}`,
  },
  notSent: (error) => `No echo left this machine (${error}).`,
  endedEarly: 'It ended early: what is shown is what was known by then.',
  fewLost: (lost, sent) =>
    `${lost} of ${sent} echoes got no answer, which may be chance: more echoes (--count) would tell.`,
  rateLimited:
    'The first echoes all passed and most of the rest did not: that is how a host looks that limits its echo answers.',
  why: (command) => `Why, and what to do: ${command}`,
  nameFailed: {
    'not-found': (host) => `The name ${host} does not exist (NXDOMAIN).`,
    'no-address': (host) => `The name ${host} exists and has no address of the family that was asked for.`,
    'server-failure': (host) => `The resolvers failed or refused to look up ${host}.`,
    timeout: (host) => `No resolver answered when asked for ${host}.`,
  },
};
