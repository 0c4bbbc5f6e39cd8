import type { AtHop, TraceWords } from './words.ts';

const listed = (hops: readonly number[]): string =>
  hops.length === 1 ? `Hop ${hops[0]}` : `Hops ${hops.slice(0, -1).join(', ')} and ${hops.at(-1)}`;
const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);
/** At the start of a sentence, and within one. */
const who = ({ address, hop }: AtHop): string => (hop === null ? address : `Hop ${hop} (${address})`);
const inside = ({ address, hop }: AtHop): string => (hop === null ? address : `hop ${hop} (${address})`);
const place = (first: number, last: number): string =>
  first === last ? `at hop ${first}` : `somewhere between hop ${first} and hop ${last}`;

export const TRACE_WORDS_EN: TraceWords = {
  title: (host, address, vehicle) =>
    `Path to ${host}${address === null ? '' : ` (${address})`}, ${vehicle}, times in ms`,
  vehicle: {
    icmp: () => 'ICMP echo',
    udp: (port) => `UDP${port === null ? '' : ` port ${port}`}`,
    tcp: (port) => `TCP${port === null ? '' : ` port ${port}`}`,
  },
  hop: 'Hop',
  host: 'Address (name)',
  lost: 'Lost',
  sent: 'Sent',
  last: 'Last',
  median: 'Median',
  best: 'Best',
  worst: 'Worst',
  spark: 'RTT',
  noAnswer: 'no answer',
  running: 'tracing',
  keys: 'Ctrl-C ends',

  reached: (address, hops, ms) =>
    `${address} answers, ${hops} ${plural(hops, 'hop', 'hops')} away${ms === null ? '' : `, after ${ms} (median)`}.`,
  accepts: (port) => `${port} accepts connections.`,
  resets: (port) => `${port} answers with a reset: the path is whole, and the port is closed.`,
  portUnreachable: 'It answers "port unreachable", as a host does where nothing listens: the path is whole.',
  stopped: (at) =>
    `Nothing answers from behind ${inside(at)}. The cause sits there or one hop further: a filter that drops, a host that is down, or no way back. A trace alone cannot tell which.`,
  pathGoesOn: (at) =>
    `${who(at)} is the last that was looked at (--max-hops), and it answered: the path goes on behind it.`,
  silent: 'No hop answered, not even the first router: a filter near this machine, a dead gateway, or no way back.',
  onLink: (address) => `${address} is on this machine's own link, with no router between, and does not answer.`,
  loop: (hop, round) =>
    `A routing loop${hop === null ? '' : ` from hop ${hop} on`}: ${round} hand the packets round until they expire. The routes of these routers contradict each other.`,
  hostUnreachable: (at, icmp, target) => `${who(at)} reports that the host ${target} cannot be reached (${icmp}).`,
  networkUnreachable: (at, icmp, target) => `${who(at)} reports that it has no route to ${target} (${icmp}).`,
  prohibited: (at, icmp) =>
    `${who(at)} reports that this is forbidden (${icmp}): a firewall or access list refuses it.`,
  rejected: (at, icmp) => `${who(at)} refuses with an ICMP error (${icmp}), as a firewall's REJECT does.`,
  unavailable: (hint) => `The path could not be traced. ${hint}`,
  refused: (error) =>
    error === null
      ? 'This machine refused to send: its own firewall, or no way to the address.'
      : `This machine did not send: the kernel refuses the way (${error}).`,
  endedEarly: (last) =>
    `Ended early: ${last === null ? 'nothing had answered by then' : `${inside(last)} was the last that had answered by then`}. This says nothing of where the path ends.`,

  silentHops: (hops) =>
    `${listed(hops)} did not answer, and hops behind did: such routers pass packets on and send no errors. Harmless.`,
  limitedHops: (hops) =>
    `${listed(hops)} left probes unanswered that passed all the same, as the end of the path shows: answers to expired packets are limited there. Harmless.`,
  slowHops: (hops) =>
    `${listed(hops)} ${plural(hops.length, 'is', 'are')} slow to answer for ${plural(hops.length, 'itself', 'themselves')}; what lies behind answers faster. Harmless.`,
  severalRouters: (hops) =>
    `${listed(hops)} ${plural(hops.length, 'answers', 'answer')} from several addresses: the load is balanced there, or the path changed.`,
  fewLost: (lost, sent) =>
    `${lost} of ${sent} probes to the end got no answer: too few to call it loss. netwhy ping sends more.`,
  loss: (lost, sent, first, last) =>
    `${lost} of ${sent} probes to the end got no answer${first === null || last === null ? '; where they are lost cannot be told' : `; the loss begins ${place(first, last)} and lasts to the end`}.`,
  rise: (first, last, ms) => `Most of the delay (${ms} at the end) begins ${place(first, last)} and stays.`,
  oddity: {
    'target-at-first-hop':
      'The target seems to be the first hop, although a gateway lies before it: something near here rewrites the TTL, and the real path does not show.',
    'one-address':
      'One address answers at every hop: something near here answers for all of them, and the real path does not show.',
    'expired-at-target':
      "The target's own address answers as a router: an address translator or a load balancer stands in front of it.",
  },
  why: (command) => `Why, and what to do: ${command}`,
};
