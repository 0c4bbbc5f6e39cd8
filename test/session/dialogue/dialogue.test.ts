import { expect, test } from 'vitest';
import { readFlow } from '../../../src/cli/catalogue/flow-files.ts';
import type { SocketSource } from '../../../src/domain/ports.ts';
import { DEFAULT_THRESHOLDS } from '../../../src/domain/reading.ts';
import type { Report } from '../../../src/evidence/report/report.ts';
import { type DialoguePorts, runDialogue } from '../../../src/session/dialogue/dialogue.ts';
import { createPerson, type Person, type PersonInput } from '../../../src/session/dialogue/person.ts';
import { runSession } from '../../../src/session/live/run-session.ts';
import { diagnose } from '../../../src/session/report/diagnose.ts';
import type { SessionEvent } from '../../../src/session/view/session-event.ts';
import { createFakeClock } from '../../fake/clock.ts';
import { createFakeNetwork } from '../../fake/network.ts';
import { fakePorts } from '../fake-ports.ts';

const HOST = '10.9.9.9';

/** A target whose table somebody pasted: nothing listens on the asked port. */
const PASTE: SocketSource = {
  host: 'pasted',
  equivalent: () => 'ss -ltunp',
  read: async () => ({ listening: [], gaps: [] }),
  owns: async () => true,
  interfacesOf: async () => null,
};

type Started = {
  readonly person: Person & PersonInput;
  readonly measured: readonly (string | null)[];
  /** The code of the next conclusion, or what the next event of interest is. */
  readonly next: () => Promise<string>;
};

/** A dialogue about a port that is refused: the person is asked what listens there. */
async function started(): Promise<Started> {
  const read = await readFlow('reachability');
  if (read.kind !== 'ok') throw new Error('the flow reachability is not valid');
  const { flow } = read;
  const person = createPerson();
  const measured: (string | null)[] = [];
  const told: string[] = [];
  let wake = (): void => undefined;
  const tell = (what: string) => {
    told.push(what);
    wake();
  };
  const ports: DialoguePorts = {
    clock: createFakeClock(),
    measure: (session, given, { ask }, signal, onEvent) => {
      measured.push(given?.host ?? null);
      const clock = createFakeClock();
      const network = createFakeNetwork({
        clock,
        routers: [{ address: '10.0.1.1', rttMs: 1 }],
        hosts: [{ address: HOST }],
      });
      const running = runSession(
        session,
        fakePorts({ clock, network, ports: { 'tcp 443': { state: 'closed' } } }),
        async (id, choices, ended) => {
          const before = session.answers.get(id);
          return before === undefined ? ask(id, choices, ended) : { choice: before, sockets: given };
        },
        signal,
        onEvent,
      );
      // Time stands still while a person thinks.
      return new Promise((settle, fail) => {
        const step = () =>
          clock.run(running).then(settle, () => (told.includes('asked') ? running.then(settle, fail) : fail()));
        void step();
      });
    },
    open: async (_, text) =>
      text === 'LISTEN'
        ? { kind: 'ok', source: PASTE }
        : { kind: 'refused', why: 'unreadable', message: 'no table', example: null },
    word: async (result) => ({ diagnosis: { code: diagnose(flow, result).code } }) as Report,
  };
  const onEvent = (event: SessionEvent) => {
    if (event.kind === 'asked') tell('asked');
    if (event.kind === 'input-refused') tell(`refused: ${event.message}`);
    if (event.kind === 'concluded') tell(event.report.diagnosis.code);
  };
  const session = {
    flow,
    target: { input: `${HOST}:443`, scheme: 'tcp', host: HOST, literal: HOST, port: 443 },
    families: [4, 6],
    deadlineMs: 15_000,
    elapsedMs: 0,
    count: 20,
    answers: new Map<string, string>(),
    thresholds: DEFAULT_THRESHOLDS,
    lang: 'en',
  } as const;
  void runDialogue(session, person, ports, onEvent);
  const next = async (): Promise<string> => {
    while (told.length === 0) await new Promise<void>((settle) => (wake = settle));
    return told.shift() ?? '';
  };
  return { person, measured, next };
}

test('the verdict comes before any answer, and an answer is walked on what was measured', async () => {
  const { person, measured, next } = await started();
  expect([await next(), await next()]).toEqual(['asked', 'port-closed']);
  person.takeBack({ id: 'on-target', answer: 'paste', input: 'LISTEN' });
  expect([await next(), await next()]).toEqual(['asked', 'not-listening']);
  expect(measured).toHaveLength(1);
});

test('an answer that is taken back is asked for again', async () => {
  const { person, next } = await started();
  expect([await next(), await next()]).toEqual(['asked', 'port-closed']);
  person.takeBack({ id: 'on-target', answer: 'nothing', input: null });
  expect([await next(), await next()]).toEqual(['asked', 'not-listening']);
  person.takeBack({ id: 'on-target', answer: null, input: null });
  expect(await next()).toBe('asked');
  person.answer('on-target', { choice: 'loopback', input: null });
  expect(await next()).toBe('listening-on-loopback');
});

test('what is of no use is told, and asked for again', async () => {
  const { person, next } = await started();
  expect([await next(), await next()]).toEqual(['asked', 'port-closed']);
  person.takeBack({ id: 'on-target', answer: 'paste', input: 'a shopping list' });
  expect([await next(), await next()]).toEqual(['asked', 'refused: no table']);
  person.answer('on-target', { choice: 'unknown', input: null });
  expect(await next()).toBe('port-closed');
});

test('an answer to a question that nobody asked is dropped', async () => {
  const { person, next } = await started();
  expect([await next(), await next()]).toEqual(['asked', 'port-closed']);
  person.takeBack({ id: 'on-target', answer: null, input: null });
  expect(await next()).toBe('asked');
  person.answer('another', { choice: 'ssh', input: null });
  person.answer('on-target', { choice: 'unknown', input: null });
  expect(await next()).toBe('port-closed');
});
