import { facesOf } from '../../src/cli/wizard/faces.ts';
import type { Language } from '../../src/domain/verdict.ts';
import type { ProbeEvent } from '../../src/evidence/probe-event.ts';
import type { Report } from '../../src/evidence/report/report.ts';
import { asAscii } from '../../src/report/symbols.ts';
import { parseTarget } from '../../src/session/parse-target.ts';
import type { PlannedQuestion, SessionEvent } from '../../src/session/view/session-event.ts';
import { type AppState, initialState, onMessage } from '../../src/tui/state/app-state.ts';
import { COLOURS } from '../../src/tui/theme/colours.ts';
import { glyphsFor } from '../../src/tui/theme/glyphs.ts';
import { bindingsOf } from '../../src/tui/theme/key-bindings.ts';
import { plainText } from '../../src/tui/theme/row.ts';
import type { Theme } from '../../src/tui/theme/theme.tsx';
import { wordsOf } from '../../src/tui/words/words-of.ts';
import { createFakeClock } from '../fake/clock.ts';
import { BLACKHOLE, LOOPBACK_KO } from '../report/reports.ts';

const TITLES = {
  en: ['A name does not resolve, or leads to the wrong place', 'I cannot reach a host or a service'],
  ko: ['이름이 해석되지 않거나 엉뚱한 곳으로 연결됩니다', '호스트나 서비스에 연결할 수 없습니다'],
} as const;

const QUESTIONS = {
  en: {
    name: 'Does the name resolve?',
    way: 'Does this machine have a way to the address?',
    reachable: 'Is the host reachable?',
    target: 'On db.internal itself, what listens on port 5432?',
    choices: ['Nothing listens on that port', 'It is bound to 127.0.0.1 or ::1 only', 'I cannot look'],
    why: 'Only the target can tell a missing listener from one that is bound elsewhere.',
  },
  ko: {
    name: '이름이 주소로 해석됩니까?',
    way: '이 컴퓨터에 그 주소로 가는 경로가 있습니까?',
    reachable: '호스트에 도달할 수 있습니까?',
    target: 'db.internal에서 직접 확인하면 포트 5432에 무엇이 대기하고 있습니까?',
    choices: ['그 포트에 대기하는 것이 없습니다', '127.0.0.1 또는 ::1에만 바인딩되어 있습니다', '확인할 수 없습니다'],
    why: '리스너가 없는지 다른 곳에 바인딩되었는지는 대상만이 알 수 있습니다.',
  },
} as const;

export function themeOf(
  lang: Language,
  options: { ascii?: boolean; color?: boolean; screenReader?: boolean } = {},
): Theme {
  const { ascii = false, color = false, screenReader = false } = options;
  return {
    words: wordsOf(lang),
    lang,
    glyphs: glyphsFor(ascii),
    ascii,
    plain: plainText(ascii ? asAscii : null),
    colours: COLOURS[color ? '16' : 'none'],
    screenReader,
    bindings: bindingsOf(false),
    judge: (text) => {
      const parsed = parseTarget(text, () => null);
      return parsed.kind === 'ok' ? parsed : { kind: 'invalid', problem: parsed.message };
    },
    commandsAt: (vantage) =>
      vantage.startsWith('ssh://') ? ['$ ssh -T db1 sh', '| PATH=$PATH:/usr/sbin', '| ss -l -n'] : [],
    platforms: ['nftables', 'linux'],
    ...facesOf(lang, ascii),
    evidenceOf: () => [
      { probe: 'resolve', seen: 'db.internal: 10.9.3.2 (dns)', equivalent: 'getent ahosts db.internal' },
      { probe: 'ping', seen: '0 of 20 answered (raw)', equivalent: 'ping -c 20 10.9.3.2' },
    ],
    clock: createFakeClock(),
  };
}

export const start = (lang: Language, target: string | null = null): AppState =>
  initialState({
    flows: ['name', 'reachability'].map((name, index) => ({ name, title: TITLES[lang][index] ?? '' })),
    flow: null,
    target,
    recents: ['db.internal:5432', '10.9.3.2'],
    note: null,
    isReplay: false,
  }).state;

export const tell = (state: AppState, ...events: readonly SessionEvent[]): AppState =>
  events.reduce((before, event) => onMessage(before, { kind: 'event', event }), state);

const entered = (lang: Language, id: 'name' | 'way' | 'reachable' | 'target'): SessionEvent => ({
  kind: 'node-entered',
  id,
  question: QUESTIONS[lang][id],
  why: QUESTIONS[lang].why,
  probe: id === 'target' ? null : 'ping',
});

const answered = (lang: Language, id: 'name' | 'way' | 'reachable', answer: string, outcome: string): SessionEvent => ({
  kind: 'node-answered',
  step: {
    id,
    question: QUESTIONS[lang][id],
    probe: ({ name: 'resolve', way: 'route', reachable: 'ping' } as const)[id],
    answer,
    outcome,
    next: null,
    durationMs: 3,
  },
});

/** Echoes half answered, one port silent, three hops of which one is. */
export function atWork(lang: Language): AppState {
  const rtts = [0.4, 0.5, 3.2, 0.4];
  return tell(
    start(lang, 'db.internal:5432'),
    { kind: 'started', flow: 'reachability', target: TARGET, deadlineMs: 15_000, plan: planIn(lang) },
    entered(lang, 'name'),
    { kind: 'probe-started', probe: 'ping', atMs: 1 },
    { kind: 'probe-started', probe: 'trace', atMs: 1 },
    { kind: 'address-chosen', address: '10.9.3.2' },
    answered(lang, 'name', 'yes', 'ok'),
    entered(lang, 'way'),
    answered(lang, 'way', 'yes', 'ok'),
    entered(lang, 'reachable'),
    ...rtts.flatMap((rttMs, sequence): SessionEvent[] => [
      { kind: 'probe-progress', probe: 'ping', atMs: 2, progress: { kind: 'echo-sent', sequence } },
      {
        kind: 'probe-progress',
        probe: 'ping',
        atMs: 3,
        progress: { kind: 'echo-answered', sequence, rttMs, replyTtl: 61 },
      },
    ]),
    { kind: 'probe-progress', probe: 'ping', atMs: 4, progress: { kind: 'echo-sent', sequence: 4 } },
    {
      kind: 'probe-progress',
      probe: 'connect',
      atMs: 4,
      progress: { kind: 'attempt-started', address: '10.9.3.2', port: 5432, protocol: 'tcp' },
    },
    ...[1, 3].map(
      (ttl): SessionEvent => ({
        kind: 'probe-progress',
        probe: 'trace',
        atMs: 5,
        progress: { kind: 'hop', ttl, address: `10.9.${ttl}.1`, rttMs: ttl * 0.4 },
      }),
    ),
  );
}

export function asking(lang: Language): AppState {
  return tell(atWork(lang), answered(lang, 'reachable', 'no', 'silent'), entered(lang, 'target'), {
    kind: 'asked',
    id: 'target',
    choices: QUESTIONS[lang].choices.map((label, index) => ({ id: `${index}`, label })),
    unattended: '2',
    couldBe: ['not-listening', 'listening-on-loopback'],
  });
}

export function concluded(lang: Language, report: Report = lang === 'ko' ? LOOPBACK_KO : BLACKHOLE): AppState {
  return tell(atWork(lang), answered(lang, 'reachable', 'no', 'silent'), { kind: 'concluded', report });
}

export const mistyped = (lang: Language): AppState => ({
  ...start(lang),
  screen: 'target',
  target: '10.0.0.300',
  problem: '"10.0.0.300" is not an IPv4 address (192.0.2.7)',
});

export const failed = (lang: Language): AppState =>
  onMessage(atWork(lang), { kind: 'failed', message: 'the measuring process ended (exit code 1)' });

/** The verdict with a question below it whose answer could change it. */
function offering(lang: Language): AppState {
  const report: Report = lang === 'ko' ? LOOPBACK_KO : BLACKHOLE;
  const unsure = { ...report, ruledOut: [], diagnosis: { ...report.diagnosis, confidence: 'likely' } } as const;
  return tell(
    asking(lang),
    {
      kind: 'node-answered',
      step: { id: 'target', question: QUESTIONS[lang].target, answer: '2', outcome: '2', next: null, durationMs: 1 },
    },
    { kind: 'concluded', report: unsure },
  );
}

/** Guided: the next question waits for a person. */
export function waiting(lang: Language): AppState {
  return tell(
    start(lang, 'db.internal:5432'),
    { kind: 'started', flow: 'reachability', target: TARGET, deadlineMs: 15_000, plan: planIn(lang) },
    entered(lang, 'name'),
    answered(lang, 'name', 'yes', 'ok'),
    entered(lang, 'reachable'),
    { kind: 'waiting' },
  );
}

/** A name with two resolvers, packet sizes that do not pass, a listener that is bound elsewhere, and a plan. */
function everything(lang: Language): AppState {
  const told = (probe: 'resolve' | 'mtu' | 'sockets', progress: ProbeEvent): SessionEvent => ({
    kind: 'probe-progress',
    probe,
    progress,
    atMs: 9,
  });
  const answer = { sent: 1, error: null, addresses: ['10.9.3.2'] };
  const listener = { protocol: 'tcp', family: 4, v6Only: null, backlog: 128, pid: 812 } as const;
  return tell(
    start(lang, 'db.internal:5432'),
    { kind: 'started', flow: 'reachability', target: TARGET, deadlineMs: 15_000, plan: planIn(lang) },
    told('resolve', { kind: 'server', answer: { ...answer, address: '10.9.0.53', rcode: 'NOERROR', ms: 3.1 } }),
    told('resolve', {
      kind: 'server',
      answer: { ...answer, address: '10.9.0.54', rcode: 'SERVFAIL', ms: 1, addresses: [] },
    }),
    entered(lang, 'name'),
    answered(lang, 'name', 'yes', 'ok'),
    entered(lang, 'reachable'),
    told('mtu', {
      kind: 'sizes',
      sizes: [
        { bytes: 1500, sent: 2, answered: 0, reportedBy: '10.9.1.1' },
        { bytes: 1400, sent: 1, answered: 1, reportedBy: null },
      ],
    }),
    told('sockets', {
      kind: 'listeners',
      listening: [
        { ...listener, address: '127.0.0.1', port: 5432, process: 'postgres', acceptQueue: 129 },
        { ...listener, address: '0.0.0.0', port: 22, process: 'sshd', acceptQueue: 0 },
      ],
    }),
  );
}

function again(lang: Language): AppState {
  const after = { ...BLACKHOLE, verdict: 'degraded', steps: [] } as const;
  return { ...concluded(lang, after), earlier: [BLACKHOLE] };
}

const TARGET = { input: 'db.internal:5432', scheme: 'tcp', host: 'db.internal', literal: null, port: 5432 } as const;

function planIn(lang: Language): readonly PlannedQuestion[] {
  const words = QUESTIONS[lang];
  return [
    {
      id: 'name',
      question: words.name,
      label: lang === 'ko' ? '이름' : 'name',
      probe: 'resolve',
      branches: [
        { outcomes: ['ok', 'literal'], to: 'way', code: null },
        { outcomes: ['not-found'], to: null, code: 'name-not-found' },
      ],
      answers: [],
    },
    {
      id: 'way',
      question: words.way,
      label: lang === 'ko' ? '라우팅' : 'route',
      probe: 'route',
      branches: [
        { outcomes: ['ok'], to: 'reachable', code: null },
        { outcomes: ['no-route'], to: null, code: 'no-route' },
      ],
      answers: [],
    },
    {
      id: 'reachable',
      question: words.reachable,
      label: lang === 'ko' ? '호스트(ping)' : 'host (ping)',
      probe: 'ping',
      branches: [
        { outcomes: ['answered', 'lossy', 'slow'], to: 'target', code: null },
        { outcomes: ['silent'], to: null, code: 'path-blackhole' },
      ],
      answers: [
        { word: 'yes', outcomes: ['answered'] },
        { word: 'yes', outcomes: ['lossy'] },
        { word: 'no', outcomes: ['silent', 'host-unreachable', 'prohibited'] },
        { word: 'no', outcomes: ['expired'] },
      ],
    },
    {
      id: 'target',
      question: words.target,
      label: lang === 'ko' ? '대상 자체의 소켓' : "the target's own sockets",
      probe: null,
      branches: [{ outcomes: ['0'], to: null, code: 'not-listening' }],
      answers: [],
    },
  ];
}

/** Every screen of the wizard. */
export const STATES: Readonly<Record<string, (lang: Language) => AppState>> = {
  symptom: start,
  target: mistyped,
  starting: (lang) => start(lang, 'db.internal:5432'),
  'at-work': atWork,
  asking,
  verdict: concluded,
  scrolled: (lang) => ({ ...concluded(lang), scroll: 1000 }),
  failed,
  help: (lang) => ({ ...atWork(lang), overlay: 'help' }),
  why: (lang) => ({ ...asking(lang), overlay: 'why' }),
  evidence: (lang) => ({ ...concluded(lang), overlay: 'evidence' }),
  'verdict with an offer': offering,
  'answers of the offer': (lang) => ({ ...offering(lang), overlay: 'offer', focus: 1 }),
  'hops page': (lang) => ({ ...concluded(lang), overlay: 'hops' }),
  'tree page': (lang) => ({ ...concluded(lang), overlay: 'tree' }),
  'sockets page': (lang) => ({ ...offering(lang), overlay: 'sockets' }),
  'platforms page': (lang) => ({ ...concluded(lang), overlay: 'platforms' }),
  'typed target': (lang) => ({ ...start(lang), screen: 'target', target: 'db.internal:5432', recent: 0 }),
  'earlier targets unread': (lang) => ({
    ...start(lang),
    screen: 'target',
    recents: [],
    note: '/state/recent-targets.json',
  }),
  everything,
  guided: waiting,
  copied: (lang) => ({ ...concluded(lang), said: { kind: 'copied', bytes: 3210, through: 'tmux' } }),
  saving: (lang) => ({
    ...concluded(lang),
    saving: { file: 'why.md', problem: { kind: 'exists', file: 'why.md' } },
  }),
  again,
  'back to': (lang) => ({
    ...tell(asking(lang), {
      kind: 'node-answered',
      step: { id: 'target', question: QUESTIONS[lang].target, answer: '0', outcome: '0', next: null, durationMs: 1 },
    }),
    overlay: 'back',
    focus: 1,
  }),
  otherwise: (lang) => {
    const state = asking(lang);
    const view = { ...state.view, plan: planIn(lang) };
    return { ...state, view, overlay: 'otherwise', backTo: 'reachable', focus: 1 };
  },
  'by hand': (lang) => {
    const state = asking(lang);
    const steps = state.view.steps.map((step) =>
      step.id === 'reachable' ? { ...step, answer: 'yes', outcome: 'answered', byHand: { measured: 'silent' } } : step,
    );
    return { ...state, view: { ...state.view, steps } };
  },
};
