/**
 * What stands in the way of a measurement, or of a part of it. Each has a sentence in every language
 * (src/evidence/obstacles); nothing else makes words of them.
 */
export const OBSTACLE_CODES = [
  // The engines.
  'engine-left-out',
  'engine-only-linux',
  'package-not-installed',
  'addon-not-built',
  'addon-of-other-node',
  'package-broken',
  'no-raw-socket',
  'raw-socket-refused',
  'kernel-engine-refused',
  'ping-group',
  'icmp-socket-refused',
  'router-limit-shared',
  // What a kind of probe wants of the system's tools.
  'no-tool-for-echo',
  'no-tool-for-limited-echo',
  'no-tool-for-sized-echo',
  'no-tool-for-udp',
  'no-tool-for-syn',
  // What is wrong with one of them.
  'tool-missing',
  'tool-not-started',
  'tool-hangs',
  'tool-endless',
  'tool-silent',
  'tool-ended',
  'tool-not-awaited',
  'tool-unknown',
  'tool-may-not-send',
  'tool-wants-capability',
  'tool-cannot-send',
  'tool-unreadable',
  'tool-wants-stdbuf',
  'ping-shows-no-errors',
  'ping-may-fragment',
  'traceroute-syn-as-root',
  // The way to another machine.
  'host-key-changed',
  'host-key-unknown',
  'key-refused',
  'ssh-name-unknown',
  'ssh-refused',
  'ssh-timed-out',
  'ssh-no-route',
  'ssh-closed',
  'ssh-no-algorithm',
  'ssh-config-bad',
  'container-unknown',
  'container-stopped',
  'docker-not-permitted',
  'docker-silent',
  'pod-unknown',
  'pod-without-container',
  'pod-not-running',
  'pod-exec-forbidden',
  'kubectl-logged-out',
  'cluster-silent',
  'run-over',
  'vantage-too-much',
  'vantage-slow',
  'vantage-silent',
  'vantage-without-shell',
  'vantage-ended',
  'vantage-without-getent',
  'vantage-without-connector',
  'service-only-from-here',
  // The sockets of a machine.
  'vantage-script-not-run',
  'vantage-without-sockets',
  'socket-table-unreadable',
  'socket-table-empty',
  'paste-without-listeners',
  'paste-without-protocol',
  'paste-filtered',
  'paste-line-unread',
  'paste-cut-before',
  // What the kernel of a machine does with packets.
  'watch-not-run',
  'watch-over-too-soon',
  'watch-too-slow',
  'watch-only-linux',
  // What of the sockets could not be seen.
  'socket-details-unknown',
  'socket-columns-unknown',
  'owners-of-other-users',
  'owners-in-other-namespace',
  'owners-hidden-there',
  'paste-read-as',
  'paste-lines-unread',
  'paste-cut',
] as const;

export type ObstacleCode = (typeof OBSTACLE_CODES)[number];

/** One of them, with what its sentence names. What a code does not name is absent. */
export type Obstacle = {
  readonly code: ObstacleCode;
  /** A program, an engine or a package of npm. */
  readonly tool?: string;
  /** The machine, container or pod, as `--from` and `--on` write it. */
  readonly place?: string;
  /** An errno name, a version, or the words of somebody else: never trusted. */
  readonly said?: string;
  /** The command that would show it. */
  readonly command?: string;
  /** Sockets or lines; of `ping-group` the user's group, of `vantage-ended` the exit code. */
  readonly count?: number;
  /** What is set, of `ping-group`: two numbers. */
  readonly setting?: string;
  readonly port?: number;
  readonly protocol?: 'tcp' | 'udp';
};
