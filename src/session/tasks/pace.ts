// How long the probes of a session wait, and how much they send. Times in milliseconds.

/** An absent host is reported by its router after three solicitations, a second apart; the answer needs its way back. */
export const LATE_PATIENCE_MS = 2950;
/** Incomplete fails after about 3.1 s; a stale entry passes delay (5 s) and three unicast probes first. */
export const NEIGHBOUR_SETTLE_MS = 9500;
/** Quiet for this long, the probes that a silent host needs start beside the echoes. */
export const QUIET_MS = 250;
/** An echo that a tool sends leaves when its process has started. */
export const PROCESS_START_MS = 100;
/** Twice the five seconds after which the C library asks again or the next resolver (resolv.conf(5)), and an answer. */
export const LOOKUP_PATIENCE_MS = 11_500;
/** Kept back of the deadline: what comes after the name is known by then, and the conclusion. */
export const LOOKUP_CLOSING_MS = 2000;
export const CONNECT_TIMEOUT_MS = 2000;
export const ALIVE_TIMEOUT_MS = 1500;
/** High UDP ports on which nothing listens as a rule, away from where traces end (traceroute(8)). */
export const HIGH_PORTS = { first: 40000, count: 20000 };
export const ECHO_INTERVAL_MS = 25;
export const EXTENDED_COUNT = 100;
export const ECHO_PATIENCE_MS = 1600;
/** Long enough for a peer that ends a connection at once, short enough not to be felt beside the echoes. */
export const DROP_WATCH_MS = 250;
export const MAX_HOPS = 30;
/** A port that has been silent for this long is traced beside a host that answers echoes. */
export const PORT_QUIET_MS = 300;
export const PORT_TRACE_MS = 2800;
/** Kept back of the deadline, so that what is known about the port is told even if its trace is slow. */
export const PORT_TRACE_MARGIN_MS = 400;
export const RESET_TIMEOUT_MS = 1000;
/** Above the range of Linux's ephemeral ports (ip(7)); another one in each run. */
export const TRACE_PORTS = { first: 61_000, count: 4000 };
/** A handshake takes two round trips, and a lost packet of it comes again after a second, then after two. */
export const TLS_TIMEOUT_MS = 5000;
/** A mail server may look its client up before it greets (RFC 5321 4.5.3.2.1 gives it minutes). */
export const START_TLS_TIMEOUT_MS = 8000;
/** Slower than any page that a person waits for; handshake and answer fit into the usual deadline. */
export const HTTP_TIMEOUT_MS = 5000;
/** A proxy that is not there is reported after three seconds by whoever looks for it on its link. */
export const PROXY_TIMEOUT_MS = 4000;
export const HOSTS_GRACE_MS = 500;
/** Whoever has an address answers ARP within a round trip of the link; asked twice. */
export const CLAIMS_LISTEN_MS = 150;
export const GATEWAY_ECHOES = 2;
export const GATEWAY_ECHO_TIMEOUT_MS = 500;
