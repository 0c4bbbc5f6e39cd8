/**
 * The facts that a question, a finding or a command may name in braces, e.g. `{host}`. Every value is a string that is
 * already fit to print; one that is unknown is `?`. The session derives them from the evidence (analysis/facts.ts).
 */
export const FACT_NAMES = [
  'host', // as typed
  'address', // the address that the walk is about
  'family', // 4 or 6
  'echo-type', // 8 or 128: the ICMP type of an echo request in the family
  'port',
  'protocol', // tcp or udp
  'target', // host:port as it would be typed again, [v6]:port for IPv6
  'addresses', // all that the name gave, comma separated
  'interface',
  'source', // this machine's address towards the target
  'gateway',
  'mtu',
  'route-error', // errno name of the kernel's refusal
  'refused-port', // the port that the kernel refuses, where it sends other things to the address
  'next-hop', // the gateway, or the target where it is on the link; of a path on which no router answered
  'next-hop-answers', // the gateway, where it answered an echo to itself and nothing behind it answered
  'static-neighbour', // the next hop, where its link-layer address was fixed by hand
  'link-address', // of the next hop
  'real-link', // the link-layer address that answers for the next hop, where the table has another one
  'shared-with', // further addresses on the link with the same link-layer address
  'rule', // of the policy database, where it is one of this machine's own, as ip-rule(8) writes it
  'rule-priority',
  'rule-table',
  'source-interface', // whose address the source is, where packets leave by another
  'link-kind', // of the interface, as the system calls it
  'link-network', // the destination of the route that leads there
  'link-sent', // packets during the run
  'other-interface', // that the route would take without it
  'other-gateway',
  'conflict-address', // for which two machines answer
  'conflict-links', // from which link-layer addresses
  'unserved', // the host as typed, where no interface has an address that could be used for it
  'loopback-down', // the loopback interface, where it is down
  'resolvers', // all configured, comma separated
  'resolver', // the one that the finding is about
  'rcode',
  'hosts-addresses', // what the hosts file says
  'dns-addresses', // what DNS says
  'measured-at', // when, in UTC: `2026-11-22 12:00:00 UTC`
  'failing-rcode', // of a resolver that answered with a failure
  'extended-error', // what it said beside it (RFC 8914), e.g. `EDE 22 (No Reachable Authority): …`
  'stub', // a resolver on this machine that failed: it only passes questions on
  'upstreams', // whom it passes them on to, where it says so
  'cutting-resolver', // whose answer over UDP was cut, and which gave no whole one
  'cut-refused', // errno name of its refusal over TCP
  'cut-silent', // its address, where it said nothing over TCP
  'cut-again', // its address, where what came over TCP was no answer either
  'lookup-error', // getaddrinfo's, where the resolvers know the name
  'knowing-resolvers', // who know it
  'sources-without-dns', // of nsswitch.conf, where DNS is none of them
  'sources', // of nsswitch.conf, where DNS is one of them
  'odd-resolvers', // who sent something that is no answer beside the answer
  'fallback-resolver', // whom the C library asks where none is configured
  'silent-resolvers', // from whom nothing came
  'refusing-resolvers', // with the errno name of the refusal
  'garbage-resolvers', // from whom only came what is no answer
  'aliases', // the names of the chain joined by ' → '
  'missing-link', // the last of them
  'looping-link', // the last of them, where it was there before
  'sinkhole', // addresses that no other machine can have
  'sinkhole-resolvers', // who gave them
  'found-as', // the name with the suffix of the search list under which it was found
  'suffix',
  'typed-addresses', // of the name exactly as typed
  'typed-missing', // the name as typed, where it does not exist
  'resolver-words', // what each says, where they differ
  'lookup-ms', // of the slowest look-up as programs make it
  'lookup-open', // how long it had taken when it was not waited for any longer
  'lookups-slow', // how many took long
  'lookups', // of how many
  'silent-resolver', // who kept the look-up waiting
  'late-resolver', // who answers late
  'late-types', // A, AAAA
  'late-ms',
  'unanswered-types', // those of them that were not answered at all
  'paired-resolver', // who answers each question by itself, and not both from one port
  'paired-type', // the one that is lost
  'sent', // echoes
  'received',
  'lost',
  'loss-percent',
  'loss-low', // 95 % interval, percent
  'loss-high',
  'duplicates',
  'rtt-ms', // median
  'rtt-max-ms',
  'jitter-ms',
  'reply-ttl',
  'icmp-type',
  'icmp-code',
  'icmp-from', // who sent the ICMP error
  'where-hop',
  'where-address',
  'where-first', // where the place is one of several hops: the first and the last of them
  'where-last',
  'passed-hop', // the last hop that let a SYN or a datagram to the port pass
  'passed-address',
  'blocked-hop', // the first hop that answers ICMP and let none pass
  'blocked-address',
  'router-hop', // the router before a target that does not answer such a packet itself
  'router-address',
  'device-hop', // who reset the connection in the host's place
  'device-address',
  'target-hop', // of the target, where one of these is known
  'refused-by', // who answered the connection attempt with an ICMP error
  'expired-hop', // where packets run out of the TTL that this machine gives them, before a target that is farther
  'expired-address',
  'translated-hop', // the first hop that answers in the name of the target, which is farther
  'last-hop', // the last hop that answered
  'last-address',
  'refused-as', // the words of an error that only a filter sends for a host behind it
  'loop-port', // the port, where only packets to it go round
  'lost-port', // the port of which some attempts are answered and some not
  'loop', // addresses of the loop joined by ' → '
  'connect-ms',
  'connect-error', // errno name
  'port-state', // of the attempt at the asked port where that did not open: closed, filtered, rejected
  'open-ms', // until it opened, where it did
  'tries', // attempts at the port, or source ports where it is a matter of them, that do not all meet the same
  'tries-failed', // how many of them failed, or opened late
  'tries-ways', // how: closed, filtered, dropped, …
  'bare-let-in', // SYNs without TCP options that were let in where none with them was
  'stray-address', // who answered in place of the address that was asked
  'stray-port',
  'fin-ms', // how long the end of our side of a connection was not acknowledged
  'nearer-hop', // who accepted, or refused, in the target's place
  'nearer-address',
  'proof', // the answer that proves the host up, e.g. `TCP 22: SYN-ACK`
  'working', // addresses that give what was asked
  'failing', // those that do not, and how
  'bind', // addresses that the listeners of the port are bound to, each with its interface where it is bound to one
  'bind-address', // the first of them that others can ask for
  'bind-interface', // the interfaces that they are bound to
  'process', // name and pid of the listener
  'accept-queue',
  'backlog',
  'engine', // the engine that was lost, and the hint that grants it
  'deadline-s',
  'threshold-ms',
  'path-mtu', // the largest packet that is known to pass, bytes
  'server-name', // what the certificate must be for: the name, or the address
  'tls-protocol',
  'tls-ms', // of the handshake, where it was done
  'tls-alert', // that the server sent, e.g. `handshake_failure (40)`
  'tls-said', // the first line of an answer that is no TLS
  'tls-error', // the library's or the kernel's word for a handshake that failed otherwise
  'tls-closed-by', // closed, reset: how the connection ended in the middle of the handshake
  'tls-stalled-ms', // how long a handshake that never ended was waited for
  'tls-bytes', // received in a handshake that failed
  'cert-subject', // of the certificate that the finding is about
  'cert-issuer',
  'cert-names', // what it is for: DNS names and addresses
  'cert-from',
  'cert-until',
  'cert-days', // since it expired, or until it becomes valid
  'cert-error', // OpenSSL's name of what is wrong with the chain
  'chain-length',
  'self-signed', // the subject of a certificate that nobody else has signed
  'trust-store',
  'clock', // this machine's, when it looked
  'http-status', // with its reason, e.g. `503 Service Unavailable`
  'http-ms',
  'http-server', // the header
  'http-location',
  'http-said', // the first line of an answer that is no HTTP
  'http-closed-by',
  'http-error', // the library's or the kernel's word for a request that failed otherwise
  'http-silent-ms',
  'http-loop', // where a redirect leads that comes back
  'http-elsewhere', // where a redirect leads that goes to another host
  'http-unusable', // where a redirect leads that nobody can follow by HTTP
  'first-byte-ms', // of the answer to a request, else to a greeting by TLS
  'first-byte-limit-ms', // from which on it is slow
  'silent-ms', // how long an answer was waited for that never came
  'acked-by', // the address that acknowledged all of a request that it never answered
  'starttls', // the protocol in whose words TLS was asked for, e.g. `SMTP`
  'starttls-mute', // it, where the server never greeted
  'starttls-hung', // it, where the server greeted or was asked, and fell silent
  'starttls-missing', // it, where the server does not offer TLS
  'starttls-ended', // it, where the server ended the connection before TLS
  'starttls-other', // what came that is not of the protocol
  'starttls-refusal', // the words with which TLS was refused
  'cert-own', // the subject, where the finding is about the server's own certificate
  'cert-leaf', // the subject of the server's own, where the finding is about another one that it sent
  'proxy', // that the environment names, without its user: `http://10.0.0.9:3128`
  'proxy-variable',
  'proxy-port',
  'proxy-host',
  'proxy-works', // the proxy, where it leads to the target
  'proxy-status', // what it answered
  'proxy-error', // the kernel's word for a connection to it that failed
  'proxy-silent-ms',
  'proxy-closed', // it, where it ended the connection without an answer
  'proxy-other', // it, where what came was no answer of a proxy
  'proxy-no-url', // the variable, where it holds nothing that could be a proxy
  'proxy-unmeasured', // the scheme, where that kind of proxy is not spoken here
  'time-total-ms', // of all that follows, as one who uses the service waits for it
  'time-name-ms',
  'time-name-share', // percent
  'time-connect-ms',
  'time-connect-share',
  'time-tls-ms',
  'time-tls-share',
  'time-answer-ms',
  'time-answer-share',
  'tcp-port', // the asked port, where it is one of TCP
  'udp-port', // the asked port, where it is one of UDP
  'udp-asked', // what it was asked, as its protocol calls it, e.g. `DNS query (. NS)`
  'udp-text', // the bytes that it was sent where nothing tells its protocol, control characters escaped
  'udp-silent', // its protocol, where that answers nobody but its peers
  'udp-one-way', // its protocol, where that answers nobody at all
  'reached-hop', // the last hop that large packets are known to have reached
  'reached-address',
  'returning-hop', // the last hop whose large replies come back, where those of the next do not
  'returning-address',
  'lost-segments', // bytes: segments as small as these pass, and ordinary ones are lost
  'lost-there', // the same, where they are lost on the way to the target
  'lost-back', // the same, where they are lost on the way back
  'learned-mtu', // the path MTU that this machine took from the reports of the run, and keeps for a while
  'witness-host', // the machine that was watched while more probes were sent
  'witness-sent', // how many were sent
  'witness-failed', // why it could not be watched
  'witness-missing', // what could not be looked at, where that left it open what became of them
  'arrived-none', // how many were sent, where none of them arrived
  'arrived-unanswered', // how many arrived and were not answered, nobody knows why
  'arrived-answered', // how many were answered there, and their answers lost
  'no-way-back', // for how many of the answers the target had no route
  'reverse-path-drops', // how many the reverse-path filter dropped
  'conntrack-count', // entries of a full connection table
  'conntrack-max',
  'rule-candidates', // rules that may be what drops, and count nothing
  'block-rule', // the rule that dropped or rejected them
  'block-rule-place', // its table, chain and handle
  'block-rule-packets', // how many it met
  'block-rule-manager', // the program that writes its chain
  'ufw-rule', // its place, where ufw wrote it
  'firewalld-rule', // its place, where firewalld wrote it
  'nft-family', // of the rule, where nft shows it
  'nft-table',
  'nft-chain',
  'nft-handle',
  'nft-undo', // what nft would take to put it back where it was
  'iptables-tool', // iptables or ip6tables, where it shows the rule
  'policy-tool', // the same, where it is the policy of a chain
  'iptables-table',
  'iptables-chain',
  'iptables-number', // of the rule in the chain
  'mss', // the TCP segments that fit into it, bytes
] as const;

export type FactName = (typeof FACT_NAMES)[number];

export type Facts = Readonly<Record<FactName, string>>;
