import type { IpAddress } from './address.ts';
import type { SocketsUnavailable } from './evidence.ts';

/** What is watched for on a machine: SYNs to a port, datagrams to it, or echoes. */
export type Watched = { readonly port: number; readonly protocol: 'tcp' | 'udp' } | { readonly protocol: 'icmp' };

/** A number of the kernel over the two windows: `background` while nothing was sent, `moved` while our probes were. */
export type Moved = { readonly background: number; readonly moved: number };

/** Families of tables (nft(8)). */
export const TABLE_FAMILIES = ['ip', 'ip6', 'inet', 'bridge', 'netdev', 'arp'] as const;

/** A rule that drops or rejects. */
export type FirewallRule = {
  readonly tool: 'nft' | 'iptables' | 'ip6tables';
  /** nft: the family of the table; else that of the tool. */
  readonly family: (typeof TABLE_FAMILIES)[number] | 'iptables' | 'ip6tables';
  readonly table: string;
  readonly chain: string;
  /** nft: its handle; iptables: its number in the chain. null: the policy of the chain. */
  readonly handle: number | null;
  /** nft: the handle of the rule before it; null: none is. */
  readonly after: number | null;
  /** As the tool would take it again, without its counter and its comment. */
  readonly text: string;
  readonly verdict: 'drop' | 'reject';
  readonly manager: 'ufw' | 'firewalld' | 'docker' | 'kube-proxy' | 'cilium' | 'calico' | null;
  /** null: the rule counts nothing. */
  readonly packets: Moved | null;
};

/** What a capture on the machine saw of the packets that are watched for. */
export type Arrivals = {
  readonly by: 'tcpdump' | 'python3';
  /** How many different probes of the given source came. */
  readonly arrived: number;
  /** How many of them were seen to be answered. */
  readonly answered: number;
  /** Such packets of anybody else. */
  readonly others: number;
  /** Whether nothing was missed: the capture ran through, and neither it nor the kernel dropped anything. */
  readonly isWhole: boolean;
};

/** What a machine's own kernel said of the packets of a window of time. null: could not be read. */
export type Testimony = {
  /** By what right the machine was looked at. */
  readonly right: 'root' | 'sudo' | 'none';
  readonly arrivals: Arrivals | null;
  /** Rules that drop or reject and may have met the probes; null where the rules could not be read. */
  readonly rules: readonly FirewallRule[] | null;
  /** Packets that the reverse-path filter dropped (`TcpExtIPReversePathFilter`). */
  readonly reversePath: Moved | null;
  /** Packets for which no route was found (`IpOutNoRoutes`, `Ip6OutNoRoutes`). */
  readonly noRoute: Moved | null;
  /** The connection table: entries, their limit, and what was dropped for want of one. */
  readonly conntrack: { readonly count: number; readonly max: number; readonly drops: Moved | null } | null;
  /** In words, what could not be looked at and why; null where nothing is missing. */
  readonly missing: string | null;
};

export type WatchRequest = {
  readonly watched: Watched;
  readonly family: 4 | 6;
  /** From which address the probes leave; null where it is not known. */
  readonly source: IpAddress | null;
};

/** Watches a machine while `send` sends. Reads only, and leaves nothing behind. Never rejects. */
export type Witness = {
  /** The command that a person would type to see the most of it. */
  equivalent(request: WatchRequest): string;
  watch(
    request: WatchRequest,
    send: () => Promise<void>,
    signal: AbortSignal,
  ): Promise<Testimony | { readonly unavailable: SocketsUnavailable }>;
};
