import { copiedCommand } from '../domain/command-line.ts';
import { PROXY_STATES } from '../domain/proxy-evidence.ts';
import { pathOf } from '../domain/target.ts';
import { formatMs } from '../text/format-ms.ts';
import type { Fields } from './fields.ts';
import type { EvidenceKind, Inferred } from './kind.ts';

const schema = (f: Fields) =>
  f.object(
    {
      ...f.timed(),
      state: f.oneOf(
        PROXY_STATES,
        'What it made of a request for the target. `passes`: it let it through. `refuses`: it answered otherwise. `not-spoken`: what came was no answer of a proxy. `no-url`: the variable holds nothing that could be a proxy. `unmeasured`: of a kind that is not spoken here.',
      ),
      variable: f.word('The variable of the environment that names it.', 'text', /^(?:https?|all)_proxy$/i),
      scheme: f.nullable(f.word('Of its URL.', 'text', /^(?:https?|socks(?:4a?|5h?))$/)),
      host: f.nullable(f.word('Of its URL.', 'host')),
      port: f.nullable(f.port('Of its URL, or the default of curl.')),
      hasPassword: f.flag('Whether its URL holds a user. Who it is, is never kept.'),
      connectMs: f.nullable(f.ms('Until TCP to the proxy opened, in ms.')),
      answerMs: f.nullable(f.ms('From the request until its answer was there, in ms.')),
      status: f.nullable(f.count('The status code of its answer.')),
      error: f.nullable(f.errorName('What the kernel or a library calls what went wrong.')),
    },
    'The proxy that the environment of this process names for the target, and what it made of one request. Absent where it names none.',
  );

export type ProxyEvidence = Inferred<typeof schema>;

type Asked = {
  readonly scheme: string;
  /** A name, or an address without brackets. */
  readonly host: string;
  readonly port: number | null;
  readonly path: string;
};

/** curl reads the same environment; what stands there may hold a password, and is not repeated. */
export function proxyCommand({ scheme, host, port, path }: Asked): string {
  const named = host.includes(':') ? `[${host}]` : host;
  const url = `${scheme}://${named}${port === null ? '' : `:${port}`}${path}`;
  return copiedCommand(['curl', '-sS', '-o', '/dev/null', '-D', '-', url]);
}

export const PROXY: EvidenceKind<ProxyEvidence> = {
  probe: 'proxy',
  schema,
  describe: ({ variable, scheme, host, port, state, status, error, answerMs }) => [
    variable,
    host !== null && `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    state,
    status !== null && `HTTP ${status}`,
    answerMs !== null && formatMs(answerMs),
    error,
  ],
  command: (_, { scheme, host, port, input }) => proxyCommand({ scheme, host, port, path: pathOf(input) }),
  events: () => [],
};
