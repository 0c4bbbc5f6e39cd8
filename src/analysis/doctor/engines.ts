import type { Family } from '../../domain/address.ts';
import type { Ability, Cause, Grant } from '../../domain/doctor.ts';
import type { Method } from '../../domain/evidence.ts';
import type { EngineFacts, LoopbackTrial, MachineFacts, PackageState } from '../../domain/machine-facts.ts';
import type { Capability, Judged } from './capability.ts';
import { installGrants, pingGroupGrants, rawGrants } from './grants.ts';

const PROBING: readonly Ability[] = ['echo', 'sizes', 'trace', 'errors'];

const BRINGS: Readonly<Record<Method, readonly Ability[]>> = {
  raw: PROBING,
  kernel: PROBING,
  system: ['echo', 'sizes', 'trace'],
  sockets: ['connect'],
};

/** The rungs of the ladder, best first. */
export const ENGINE_CAPABILITIES: readonly Capability[] = (['raw', 'kernel', 'system', 'sockets'] as const).map(
  (id) => ({
    id,
    group: 'engine',
    brings: BRINGS[id],
    judge: (facts) => {
      const engine = facts.engines.find(({ method }) => method === id);
      return engine === undefined ? null : judgeEngine(engine, facts);
    },
  }),
);

function judgeEngine(engine: EngineFacts, facts: MachineFacts): Judged {
  const lost = (cause: Cause, detail: string, grants: readonly Grant[]): Judged => ({
    state: 'missing',
    cause,
    detail,
    gives: [],
    grants,
  });
  const { method, refusal } = engine;
  if (facts.platform !== 'linux' && (method === 'raw' || method === 'kernel')) return lost('not-linux', '', []);
  if (engine.package !== null && engine.package.state !== 'loaded') {
    const { state, detail } = engine.package;
    return lost(state, detail ?? '', packageGrants(method, state, facts));
  }
  if (refusal !== null) return notOpened(engine, facts, lost);
  const answered = engine.trials.filter(({ result }) => result.kind === 'answered');
  const failing = engine.trials.filter(({ family, result }) => result.kind !== 'answered' && isExpected(family, facts));
  if (answered.length === 0) return lost('loopback-silent', described(engine.trials), loopbackUp(facts));
  const gives = BRINGS[method].filter((ability) => !lacksFor(ability, engine));
  if (engine.lacks.length > 0) {
    return { state: 'reduced', ...whyLess(engine, facts), gives };
  }
  if (failing.length > 0) {
    return { state: 'reduced', cause: 'one-family-silent', detail: described(failing), gives, grants: [] };
  }
  return { state: 'full', cause: 'answered', detail: described(answered), gives, grants: [] };
}

function notOpened(
  { method, refusal }: EngineFacts,
  facts: MachineFacts,
  lost: (cause: Cause, detail: string, grants: readonly Grant[]) => Judged,
): Judged {
  if (method === 'system') return lost('no-tools', '', toolGrants(facts));
  if (refusal?.isPermission !== true) return lost('not-opened', refusal?.said ?? '', []);
  if (method === 'kernel') return lost('ping-group-closed', rangeOf(facts), pingGroupGrants(facts));
  // A file capability is a right that a program gains by being started.
  return lost(facts.noNewPrivileges ? 'no-new-privileges' : 'not-permitted', '', rawGrants(facts));
}

/** A family that this machine does not have is nobody's fault. */
function isExpected(family: Family, { families }: MachineFacts): boolean {
  return families[family] !== 'absent';
}

function lacksFor(ability: Ability, { lacks }: EngineFacts): boolean {
  const noEcho = lacks.includes('echo');
  switch (ability) {
    case 'echo':
      return noEcho;
    case 'sizes':
      return noEcho || lacks.includes('sized-echo');
    case 'trace':
      return (noEcho || lacks.includes('limited-echo')) && lacks.includes('udp') && lacks.includes('syn');
    case 'errors':
    case 'connect':
    case 'neighbours6':
    case 'remote-sockets':
      return false;
  }
}

function whyLess(engine: EngineFacts, facts: MachineFacts): Pick<Judged, 'cause' | 'detail' | 'grants'> {
  if (engine.method === 'kernel' && engine.lacks.includes('echo')) {
    return { cause: 'ping-group-closed', detail: rangeOf(facts), grants: pingGroupGrants(facts) };
  }
  const detail = engine.lacks.join(', ');
  return { cause: 'lacks-probes', detail, grants: engine.method === 'system' ? toolGrants(facts) : [] };
}

function rangeOf({ pingGroups }: MachineFacts): string {
  return pingGroups === null ? '?' : `${pingGroups.first} ${pingGroups.last}`;
}

/** What the engine of system tools wants and does not find. */
function toolGrants(facts: MachineFacts): readonly Grant[] {
  const wanted = (['ping', 'traceroute', 'mtr-packet'] as const).filter((tool) => facts.tools[tool] === undefined);
  return installGrants(facts, wanted, 'install-package');
}

function packageGrants(method: Method, state: PackageState, facts: MachineFacts): readonly Grant[] {
  if (method === 'kernel') return state === 'not-installed' ? [reinstall(facts, 'koffi')] : [];
  const compiler = (['c++', 'make', 'python3'] as const).filter((tool) => facts.tools[tool] === undefined);
  const install = installGrants(facts, compiler, 'install-compiler');
  switch (state) {
    case 'not-installed':
      return [...install, reinstall(facts, 'raw-socket')];
    case 'not-built':
    case 'other-abi':
      return [...install, { purpose: 'build-addon', command: inFolder(facts, 'npm rebuild raw-socket'), undo: null }];
    case 'no-prebuilt':
    case 'broken':
    case 'loaded':
      return [];
  }
}

function reinstall(facts: MachineFacts, name: string): Grant {
  return { purpose: 'install-addon', command: inFolder(facts, `npm install --no-save --omit=dev ${name}`), undo: null };
}

function inFolder({ packageFolder }: MachineFacts, command: string): string {
  return `cd ${packageFolder}\n${command}`;
}

function loopbackUp(facts: MachineFacts): readonly Grant[] {
  return facts.platform === 'linux' ? [{ purpose: 'loopback-up', command: 'sudo ip link set lo up', undo: null }] : [];
}

const LOOPBACK = { 4: '127.0.0.1', 6: '::1' } as const;

/** `127.0.0.1 (0.12 ms), ::1 ECONNREFUSED`. */
function described(trials: readonly LoopbackTrial[]): string {
  return trials.map(({ family, result }) => `${LOOPBACK[family]} ${resultText(result)}`.trimEnd()).join(', ');
}

function resultText(result: LoopbackTrial['result']): string {
  switch (result.kind) {
    case 'answered':
      return result.rttMs === null ? '' : `(${result.rttMs.toFixed(2)} ms)`;
    case 'silent':
      return '–';
    case 'refused':
      return result.code;
  }
}
