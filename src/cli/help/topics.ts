/** What is told of more than one command. */
export type Topic = { readonly summary: string; readonly text: string };

export const TOPICS: Readonly<Record<string, Topic>> = {
  'exit-codes': {
    summary: 'what the exit codes mean',
    text: `Exit codes of check, replay and the wizard, which are those of monitoring plugins:
  0   healthy: what was asked for works
  1   degraded: it works, but is slow, loses packets, or only some attempts get through
  2   fault: it does not work
  3   inconclusive: what would decide could not be measured
  64  the command line, the target or a flow is wrong; nothing was sent
  70  a result that could not be written, or a bug in netwhy
  130 interrupted

ping, trace and ports: 0 answered, 2 not answered, 3 could not be tried.
--fail-on degraded|inconclusive|never moves the line from which on check fails:
  netwhy check db1.example:5432 --fail-on degraded || page-somebody`,
  },
  vantages: {
    summary: 'looking at, or from, another machine or container',
    text: `A vantage is a place that netwhy looks from, or looks at. Nothing is installed there, and nothing is changed.

  local                              this machine
  ssh://[user@]host[:port]           a machine that you can log in to without a password prompt
  docker://container                 a container of this machine's engine
  kubectl://[namespace/]pod[/container]  a pod of your current context

--on VANTAGE reads the target's own sockets: a program that listens on 127.0.0.1 only, an accept queue that is full.
--from VANTAGE sends the probes from there; given twice, the report says what the difference means.
--explain-commands prints every command that is run there before it is run.

  netwhy check db1.example:5432 --on ssh://db1.example
  netwhy check db1.example:5432 --from local --from ssh://web1.example`,
  },
  engines: {
    summary: 'what sends the packets, and what each needs',
    text: `The first engine that this machine allows is taken; the report says which. netwhy doctor shows them all.

  raw      raw sockets: needs root or CAP_NET_RAW
  kernel   ICMP sockets and the kernel's error queue: no privilege, Linux
  system   ping, traceroute, mtr-packet, ss, netstat as they are installed
  sockets  what any program may do: TCP, UDP, DNS; no echo and no path

--engine NAME takes that one and no other.

  netwhy doctor
  netwhy check db1.example --engine kernel`,
  },
  flows: {
    summary: 'the decision trees, and how to write one',
    text: `A flow is a YAML file: questions, what measures each answer, and where the answer leads. It can run no command.

  netwhy flows list                  what is there
  netwhy flows show reachability     every question, and why it is asked
  netwhy flows graph reachability    the tree, for Mermaid; --dot for Graphviz
  netwhy check db1.example:5432 --flow slow

Your own go into $XDG_CONFIG_HOME/netwhy/flows (by default ~/.config/netwhy/flows), a folder given with --flows
or NETWHY_FLOWS, or /etc/netwhy/flows, or are named by path:
  netwhy flows validate ./dns.yaml
  netwhy flows test ./dns.yaml
  netwhy check db1.example --flow ./dns.yaml`,
  },
  formats: {
    summary: 'how a report is printed, and for whom',
    text: `check prints the first screen: what is wrong, where, who has to act, what to do now.

  --verbose            all of it: why, the evidence with commands to repeat it, what was ruled out
  --format brief       three lines, for an alert or a chat
  --format ticket      for whoever owns the broken place; can be sent as it is
  --format markdown    to paste into a ticket (--markdown)
  --format json        for programs (--json); netwhy schema report describes every field
  --format ndjson, nagios, junit, prometheus, html    for logs, monitoring, CI, a browser
  --save FILE          the JSON beside what is printed; netwhy replay FILE tells it again, where it is of one target
  --output FILE        what would be printed, written whole or not at all
  --redact             stand-ins for addresses, names and users, in any format`,
  },
};
