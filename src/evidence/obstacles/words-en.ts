import type { ObstacleWords } from './words.ts';

const RAW_LOST =
  'without it the raw engine is lost: echoes, traces, SYN probes, and the ICMP errors that answer a connection';
const KERNEL_LOST =
  'without it the kernel engine is lost: echoes, traces, and the ICMP errors that answer a connection, for an ordinary user';
const AS_ROOT =
  'run netwhy as root, or with a copy of the node binary that was given the capability by: sudo setcap cap_net_raw+ep COPY';

const lostWith = (tool: string) => (tool === 'raw' || tool === 'raw-socket' ? RAW_LOST : KERNEL_LOST);

export const OBSTACLE_WORDS_EN: ObstacleWords = {
  'engine-left-out': () => 'Echo was not tried: --engine sockets leaves it out.',
  'engine-only-linux': ({ tool }) => `The ${tool} engine works only on Linux so far; ${lostWith(tool)}.`,
  'package-not-installed': ({ tool }) =>
    tool === 'raw-socket'
      ? `The optional package raw-socket is not installed (${RAW_LOST}): install a C++ compiler, make and python3, then run npm install -g netwhy again, from npm 12 on with --allow-scripts=raw-socket.`
      : `The optional package ${tool} is not installed (${lostWith(tool)}): run npm install -g netwhy again, without --omit=optional.`,
  'addon-not-built': ({ tool }) =>
    `The addon of the package ${tool} was not built (${lostWith(tool)}): install a C++ compiler, make and python3, then run npm rebuild ${tool}, or from npm 12 on npm install -g --allow-scripts=${tool} netwhy.`,
  'addon-of-other-node': ({ tool, said }) =>
    `The addon of the package ${tool} was built for another Node.js than this ${said} (${lostWith(tool)}): run npm rebuild ${tool} with the node that runs netwhy.`,
  'package-broken': ({ tool, said }) => `The package ${tool} does not load: ${said} (${lostWith(tool)}).`,
  'no-raw-socket': () => `This user may open no raw socket (${RAW_LOST}): ${AS_ROOT}.`,
  'raw-socket-refused': ({ said }) => `This machine opens no raw socket (${said}); ${RAW_LOST}.`,
  'kernel-engine-refused': ({ said }) => `The kernel engine does not work on this machine: ${said}.`,
  'ping-group': ({ count, setting, has }) =>
    `This user's group (${count}) may send no echoes${has('setting') ? ` (net.ipv4.ping_group_range is "${setting}")` : ''}: allow it with sudo sysctl -w net.ipv4.ping_group_range="${count} ${count}", or ${AS_ROOT}.`,
  'icmp-socket-refused': ({ said }) => `This machine opens no ICMP socket (${said}).`,

  'router-limit-shared': () =>
    'The path was not traced: the other targets of this run had asked the routers on it for as much as they answer.',
  'no-tool-for-echo': () => 'An echo needs a ping that may send, or mtr-packet.',
  'no-tool-for-limited-echo': () => 'An echo with a TTL needs mtr-packet, the ping of iputils, or tracert.',
  'no-tool-for-sized-echo': () =>
    'An echo that must not be fragmented needs the ping of iputils, macOS, FreeBSD or Windows.',
  'no-tool-for-udp': () => 'UDP with a TTL needs traceroute, mtr-packet or tracepath.',
  'no-tool-for-syn': () => 'A TCP SYN with a TTL needs mtr-packet, or traceroute as root.',

  'tool-missing': ({ tool }) => `${tool} is not installed, or not on PATH.`,
  'tool-not-started': ({ tool, said }) => `${tool} could not be started (${said}).`,
  'tool-hangs': ({ tool }) => `${tool} did not end in time.`,
  'tool-endless': ({ tool }) => `${tool} never stopped printing.`,
  'tool-silent': ({ tool }) => `${tool} says nothing.`,
  'tool-ended': ({ tool }) => `${tool} ended by itself.`,
  'tool-not-awaited': ({ tool }) => `${tool} was not waited for.`,
  'tool-unknown': ({ tool }) => `The ${tool} of this system is none that netwhy knows.`,
  'tool-may-not-send': ({ tool }) =>
    tool === 'ping'
      ? 'ping has no right to send: it needs root, or CAP_NET_RAW on its file.'
      : `${tool} has no right to send: it needs root.`,
  'tool-wants-capability': ({ tool }) => `The file of ${tool} needs CAP_NET_RAW.`,
  'tool-cannot-send': ({ tool }) => `${tool} has no way to send such probes.`,
  'tool-unreadable': ({ tool }) => `${tool} printed nothing that can be read as an answer.`,
  'tool-wants-stdbuf': ({ tool }) =>
    `${tool} can be read only when it has ended, as there is no stdbuf that works: install coreutils.`,
  'ping-shows-no-errors': () => "BusyBox's ping shows no ICMP error, and cannot forbid fragments.",
  'ping-may-fragment': () => 'The ping of GNU inetutils cannot forbid fragments.',
  'traceroute-syn-as-root': () => 'traceroute sends TCP only as root.',

  'host-key-changed': ({ place }) =>
    `ssh refuses ${place}: its host key is not the one in known_hosts. It was set up anew, or something answers in its place: compare the key before you trust it.`,
  'host-key-unknown': ({ place }) =>
    `ssh does not know the host key of ${place}: connect once by hand (ssh ${place}), compare the key and accept it.`,
  'key-refused': ({ place }) =>
    `${place} did not accept your key: ssh ${place} must work without a password (ssh-add, or IdentityFile in ssh_config).`,
  'ssh-name-unknown': ({ place }) => `ssh cannot resolve ${place}: name it as ssh_config or DNS does.`,
  'ssh-refused': ({ place }) =>
    `${place} refused the connection: no ssh server listens there, or it listens on another port.`,
  'ssh-timed-out': ({ place }) => `The ssh connection to ${place} timed out: it is down, or a firewall drops it.`,
  'ssh-no-route': ({ place }) => `ssh has no way to ${place}: it is down, or no route leads there.`,
  'ssh-closed': ({ place }) => `${place} closed the ssh connection: look at the log of sshd there.`,
  'ssh-no-algorithm': ({ place }) => `ssh and ${place} have no algorithm in common: one of them is too old.`,
  'ssh-config-bad': () => 'ssh does not accept your ssh_config: ssh -G HOST says what is wrong with it.',
  'container-unknown': ({ place }) => `docker knows no container ${place}: docker ps lists them.`,
  'container-stopped': ({ place }) => `The container ${place} is not running: docker ps -a shows its state.`,
  'docker-not-permitted': () => 'You may not use docker on this machine: the group docker, or root, may.',
  'docker-silent': () => 'The docker daemon does not answer: docker info says more.',
  'pod-unknown': ({ place }) =>
    `The cluster has no pod ${place}: kubectl get pods lists them; the namespace may be another.`,
  'pod-without-container': ({ place }) => `${place} has no such container: kubectl describe pod lists them.`,
  'pod-not-running': ({ place }) => `The pod ${place} is not running: kubectl get pod shows its state.`,
  'pod-exec-forbidden': () => 'The cluster does not let you run a command in that pod (pods/exec): ask for the role.',
  'kubectl-logged-out': () => 'kubectl is not logged in to the cluster: kubectl auth whoami says more.',
  'cluster-silent': () => 'The cluster does not answer: kubectl cluster-info says more; the context may be another.',
  'run-over': ({ vantage, has }) =>
    has('place') ? `The run ended before ${vantage} had answered.` : 'The run ended before the socket table was read.',
  'vantage-too-much': ({ vantage }) => `${vantage} said far more than a socket table holds.`,
  'vantage-slow': ({ vantage }) => `What was run on ${vantage} did not finish in time.`,
  'vantage-silent': ({ vantage }) => `${vantage} did not answer in time.`,
  'vantage-without-shell': ({ place }) =>
    `${place} has no POSIX shell (sh) that you may use: run ss -ltnup there by another way.`,
  'vantage-ended': ({ tool, place, count, said, has }) =>
    `${tool} to ${place} ended with ${has('count') ? `exit code ${count}` : 'a signal'}${has('said') ? `: ${said}` : ''}.`,
  'vantage-without-getent': ({ vantage }) =>
    `${vantage} has no getent, so that no name can be looked up there: name an address.`,
  'vantage-without-connector': ({ vantage }) =>
    `${vantage} has neither python3, bash nor nc, so that no connection can be tried from there.`,
  'service-only-from-here': ({ vantage }) =>
    `TLS and HTTP are spoken from this machine only, not from ${vantage}: run netwhy there.`,

  'vantage-script-not-run': ({ vantage }) => `The shell of ${vantage} did not run what was asked of it.`,
  'vantage-without-sockets': ({ vantage }) => `${vantage} has none of ss, /proc/net and netstat.`,
  'socket-table-unreadable': ({ said }) => `The kernel's socket table cannot be read: ${said}.`,
  'socket-table-empty': ({ tool }) => `${tool} listed no sockets.`,
  'paste-without-listeners': ({ command }) =>
    `What was pasted lists connections and no listeners; ${command} shows all of it.`,
  'paste-without-protocol': ({ protocol, command }) =>
    `What was pasted lists no ${protocol} listeners; ${command} shows all of it.`,
  'paste-filtered': ({ protocol, port, command }) =>
    `What was pasted was filtered, and ${protocol} port ${port} is not among what was left; ${command} shows all of it.`,
  'paste-line-unread': ({ protocol, port, said, command }) =>
    `A line that may be about ${protocol} port ${port} could not be read: ${said}; ${command} shows all of it.`,
  'paste-cut-before': ({ command }) =>
    `What was pasted is longer than is read, and the port is not in the first part; ${command} shows all of it.`,

  'watch-not-run': () => 'The shell of the watched machine did not run what was asked of it.',
  'watch-over-too-soon': () => 'The watched machine was over with its look before the probes had left.',
  'watch-too-slow': () => 'The look at this machine itself did not finish in time.',
  'watch-only-linux': () => 'What the kernel does with packets can be watched on Linux only.',

  'socket-details-unknown': () =>
    'Neither netlink nor ss is to be had, so the limit of accept queues, v6-only sockets and bound interfaces are not known.',
  'socket-columns-unknown': () => 'Accept queues and v6-only sockets cannot be read on this system.',
  'owners-of-other-users': ({ count }) => `The process of ${count} sockets belongs to another user; root sees it.`,
  'owners-in-other-namespace': ({ count }) =>
    `The process of ${count} sockets is not visible from here (another PID namespace).`,
  'owners-hidden-there': ({ count }) =>
    `The process of ${count} sockets is not visible to the user there; root sees those of others.`,
  'paste-read-as': ({ command }) => `Read as the output of ${command}.`,
  'paste-lines-unread': ({ count, said }) => `${count} lines were not understood, the first: ${said}.`,
  'paste-cut': () => 'The end was left out.',
};
