import type { ServerAnswer } from '../../domain/evidence.ts';
import type { Resolver, SystemAnswer } from '../../domain/ports.ts';

/** Questions that one resolver has to answer at the same time: a run of many targets is no load test. */
const AT_ONCE = 10;

type Cancelled = { readonly kind: 'cancelled' };

/**
 * One resolver for all sessions of a run: the same question is asked once, and its answer is everybody's, so that a
 * hundred targets of one name, or a dead server, cost what one costs. A session that ends early leaves the question to the
 * others. `over` ends everything.
 */
export function shareResolver(resolver: Resolver, over: AbortSignal): Resolver {
  const system = remembered<SystemAnswer | Cancelled>();
  const errors = remembered<string | null>();
  const asked = remembered<ServerAnswer>();
  const together = remembered<Awaited<ReturnType<Resolver['askTogether']>>>();
  const hosts = remembered<Awaited<ReturnType<Resolver['hostsFile']>>>();
  const setup = remembered<Awaited<ReturnType<Resolver['setup']>>>();
  const servers = remembered<Awaited<ReturnType<Resolver['servers']>>>();
  const gates = new Map<string, ReturnType<typeof createGate>>();
  const gateOf = (key: string) => {
    const gate = gates.get(key) ?? createGate(AT_ONCE);
    gates.set(key, gate);
    return gate;
  };
  return {
    isTimed: resolver.isTimed,
    system: (host, families, signal) =>
      orWhenAborted(
        system(keyOf(host, families), () => gateOf('system')(() => resolver.system(host, families, over))),
        signal,
        { kind: 'cancelled' as const },
      ),
    systemError: (host, families, signal) =>
      orWhenAborted(
        errors(keyOf(host, families), () => gateOf('system')(() => resolver.systemError(host, families, over))),
        signal,
        null,
      ),
    setup: () => setup('', () => resolver.setup()),
    hostsFile: (host) => hosts(host, () => resolver.hostsFile(host)),
    servers: () => servers('', () => resolver.servers()),
    ask: (server, host, families, signal) =>
      orWhenAborted(
        asked(`${server} ${keyOf(host, families)}`, () =>
          gateOf(server)(() =>
            resolver.ask(server, host, families, AbortSignal.any([over, AbortSignal.timeout(PATIENCE_MS)])),
          ),
        ),
        signal,
        { address: server, rcode: null, ms: null, addresses: [], sent: 1, error: null },
      ),
    askTogether: (server, name, signal) =>
      orWhenAborted(
        together(`${server} ${name}`, () => gateOf(server)(() => resolver.askTogether(server, name, over))),
        signal,
        null,
      ),
  };
}

/** As long as any session waits for a resolver. */
const PATIENCE_MS = 12_000;

function keyOf(host: string, families: readonly number[]): string {
  return `${host.toLowerCase()} ${families.join()}`;
}

/** The answer to each question, asked once. What went wrong is asked again by the next. */
function remembered<T>(): (key: string, ask: () => Promise<T>) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (key, ask) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask();
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    return answer;
  };
}

/** Waits no longer than the signal; what it waited for goes on. */
function orWhenAborted<T>(answer: Promise<T>, signal: AbortSignal, otherwise: T): Promise<T> {
  if (signal.aborted) return Promise.resolve(otherwise);
  return new Promise<T>((resolve, reject) => {
    const give = () => resolve(otherwise);
    signal.addEventListener('abort', give, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', give));
  });
}

/** Lets so many in at once; the others wait in order. */
function createGate(width: number): <T>(work: () => Promise<T>) => Promise<T> {
  let inside = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (inside >= width) await new Promise<void>((go) => waiting.push(go));
    inside += 1;
    try {
      return await work();
    } finally {
      inside -= 1;
      waiting.shift()?.();
    }
  };
}
