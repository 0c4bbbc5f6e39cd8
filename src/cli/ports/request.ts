import type { SocketFilter } from '../../analysis/select-sockets.ts';
import { SOCKET_STATES, type SocketState } from '../../domain/socket.ts';
import { nearest } from '../../flow/nearest.ts';
import type { PortsAsked } from '../../report/ports/view.ts';
import { serviceNames, servicePort } from '../../system/host/services.ts';
import { processNames } from '../../system/sockets/process-names.ts';
import { UserError } from '../common/user-error.ts';
import type { EngineOptions } from '../options/engine-options.ts';

export type PortsCommandOptions = EngineOptions & {
  readonly listening?: true;
  readonly process?: string;
  readonly state?: string;
  readonly watch?: true;
  readonly on: string;
};

export type PortsRequest = { readonly filter: SocketFilter; readonly asked: PortsAsked };

const MOST_PORTS = 65_535;
/** The kernel keeps so many bytes of a process name (TASK_COMM_LEN without its end). */
const COMM_BYTES = 15;
/** As ss, netstat and lsof write them, without hyphens and underscores. */
const SPELLINGS: Readonly<Record<string, SocketState>> = {
  listening: 'listen',
  unconn: 'unconnected',
  estab: 'established',
  connected: 'established',
  synrcvd: 'syn-recv',
  synreceived: 'syn-recv',
  close: 'closed',
};

/** Reads a command line; every mistake is told before anything is read. */
export function readPortsRequest(port: string | undefined, options: PortsCommandOptions): PortsRequest {
  refuseContradictions(options);
  const states = options.state === undefined ? null : statesOf(options.state);
  const wanted = port === undefined ? null : portOf(port);
  return {
    filter: {
      port: wanted,
      families: options.ipv4 ? [4] : options.ipv6 ? [6] : [4, 6],
      isListening: options.listening === true,
      states,
      process:
        options.process === undefined
          ? null
          : processOf(options.process, options.on === 'local' ? processNames() : new Map()),
    },
    asked: {
      port: port === undefined || wanted === null ? null : labelOf(port, wanted),
      process: options.process ?? null,
      states,
      isListening: options.listening === true,
    },
  };
}

/** The number of the port that was asked for, for a command that knows no names. */
export function portNumberOf({ port }: SocketFilter): number | null {
  return port === null ? null : (port.tcp ?? port.udp);
}

function portOf(text: string): NonNullable<SocketFilter['port']> {
  if (/^\d+$/u.test(text)) {
    const port = Number(text);
    if (port >= 1 && port <= MOST_PORTS) return { tcp: port, udp: port };
    throw new UserError(`there is no port ${text}.`, `A port is a number from 1 to ${MOST_PORTS}: netwhy ports 443`);
  }
  const found = { tcp: servicePort(text, 'tcp'), udp: servicePort(text, 'udp') };
  if (found.tcp !== null || found.udp !== null) return found;
  throw new UserError(
    `no service is called ${JSON.stringify(text)}.`,
    meant(text, serviceNames(), (name) => `netwhy ports ${name}`) ??
      'A port is a number from 1 to 65535, or a name of /etc/services: netwhy ports 443, netwhy ports https',
  );
}

function labelOf(text: string, port: NonNullable<SocketFilter['port']>): string {
  if (/^\d+$/u.test(text)) return `${Number(text)}`;
  return `${port.tcp ?? port.udp} (${text})`;
}

function statesOf(text: string): readonly SocketState[] {
  return text.split(',').map((word) => {
    const key = word.trim().toLowerCase().replaceAll(/[-_ ]/gu, '');
    const state =
      SOCKET_STATES.find((each) => each.replaceAll('-', '') === key) ??
      (Object.hasOwn(SPELLINGS, key) ? SPELLINGS[key] : undefined);
    if (state !== undefined) return state;
    throw new UserError(
      `there is no state ${JSON.stringify(word)}.`,
      `${meant(word, SOCKET_STATES, (name) => `--state ${name}`) ?? ''} States: ${SOCKET_STATES.join(', ')}`.trim(),
    );
  });
}

/** The process that a word means. Throws where no such process runs; a system that does not list them takes every word. */
export function processOf(text: string, names: ReadonlyMap<number, string>): NonNullable<SocketFilter['process']> {
  if (/^\d+$/u.test(text)) {
    const pid = Number(text);
    if (names.size === 0 || names.has(pid)) return { pid };
    throw new UserError(`no process has the number ${text}.`, 'ps -e lists them; a name will do as well.');
  }
  const known = new Set(names.values());
  const name = Buffer.byteLength(text) > COMM_BYTES && !known.has(text) ? shortened(text) : text;
  if (known.size === 0 || known.has(name)) return { name };
  throw new UserError(
    `no process is called ${JSON.stringify(text)}.`,
    meant(text, known, (each) => `--process ${/^[\w.:/-]+$/u.test(each) ? each : JSON.stringify(each)}`) ??
      'ps -e lists the names; a number will do as well.',
  );
}

function shortened(name: string): string {
  return Buffer.from(name).subarray(0, COMM_BYTES).toString('utf8');
}

function meant(word: string, candidates: Iterable<string>, commandOf: (name: string) => string): string | null {
  const name = nearest(word, candidates);
  return name === null ? null : `Did you mean ${commandOf(name)}?`;
}

function refuseContradictions(options: PortsCommandOptions): void {
  if (options.ipv4 && options.ipv6) {
    throw new UserError('-4 and -6 exclude each other.', 'Leave both out to use both families.');
  }
  if (options.json && options.watch) throw new UserError('--json and --watch exclude each other.');
  if (options.watch && options.on !== 'local') {
    throw new UserError('--watch looks at this machine only.', 'Leave out --watch, or --on.');
  }
  if (options.quiet && options.watch) throw new UserError('--quiet and --watch exclude each other.');
}
