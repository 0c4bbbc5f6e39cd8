import type { Method, Unavailable } from '../../domain/evidence.ts';
import type { Clock } from '../../domain/ports.ts';
import { abilityFor, lackOf, type ProbeAbility, type Prober } from '../../domain/prober.ts';
import type { Lines } from '../connect/line.ts';
import { startLinesIn } from '../process/line-process.ts';
import { runTool } from '../process/run-tool.ts';
import { openKernelProber } from './kernel/prober.ts';
import { openRawProber } from './raw/prober.ts';
import { openSystemProber } from './tools/system-prober.ts';

/** What `--engine` may say. */
export type Engine = 'auto' | Method;

/** The engines that were opened as one. `null`: none that can send; `unavailable` then says why. */
export type OpenedLadder = {
  readonly prober: Prober | null;
  readonly unavailable: Unavailable | null;
  /** By what a connector hears ICMP errors; null: it does not. */
  readonly hearing: { readonly ears: Prober } | { readonly lines: Lines } | null;
};

type Opening =
  | { readonly kind: 'open'; readonly prober: Prober; readonly lines?: Lines }
  | { readonly kind: 'unavailable'; readonly unavailable: Unavailable };

type Rung = (clock: Clock) => Promise<Opening>;

const RUNGS = {
  raw: openRawProber,
  kernel: openKernelProber,
  system: (clock) => openSystemProber(clock, runTool, startLinesIn()),
} as const satisfies Partial<Record<Method, Rung>>;

/**
 * The order of `auto`. `raw` sees most: an RST's TTL, every part of a quote, at once what the local firewall drops, and it
 * keeps the flow of a trace by TCP. `kernel` is the slightly more exact clock: on one link with iputils ping at 0.06 ms
 * (median) it showed 0.07 ms and `raw` 0.09 ms, for the same processor time (test/bench/engines.bench-test.ts). So what
 * can be concluded decides, not the fiftieth of a millisecond.
 */
const ORDER: readonly (keyof typeof RUNGS)[] = ['raw', 'kernel', 'system'];

const ABILITIES: readonly ProbeAbility[] = ['echo', 'limited-echo', 'sized-echo', 'udp', 'syn'];

const LEFT_OUT: Unavailable = { reason: 'not-supported', obstacles: [{ code: 'engine-left-out' }] };

/**
 * Opens the engine, or with `auto` those that this machine allows, best first, until every kind of probe can be sent: each
 * kind goes by the first engine that can send it. Never rejects.
 */
export async function openLadder(engine: Engine, clock: Clock): Promise<OpenedLadder> {
  if (engine === 'sockets') return { prober: null, unavailable: LEFT_OUT, hearing: null };
  const names = ORDER.filter((name) => engine === 'auto' || engine === name);
  return climb(
    names.map((name) => RUNGS[name]),
    clock,
  );
}

/** One rung alone, whatever the others are. Never rejects. */
export function openEngine(method: keyof typeof RUNGS, clock: Clock): Promise<Opening> {
  return RUNGS[method](clock);
}

/** Exported for its test. */
export async function climb(rungs: readonly Rung[], clock: Clock): Promise<OpenedLadder> {
  const opened: Extract<Opening, { readonly kind: 'open' }>[] = [];
  const missing: Unavailable[] = [];
  for (const open of rungs) {
    const opening = await open(clock);
    if (opening.kind === 'open') opened.push(opening);
    else missing.push(opening.unavailable);
    if (ABILITIES.every((ability) => opened.some(({ prober }) => lackOf(prober, ability) === null))) break;
  }
  const [first] = opened;
  if (first === undefined) return { prober: null, unavailable: together(missing), hearing: null };
  return {
    prober: combine(
      opened.map(({ prober }) => prober),
      missing,
    ),
    unavailable: null,
    hearing: hearingOf(opened),
  };
}

/** A socket's own error queue, which the kernel fills, before a whole machine's ears. */
function hearingOf(opened: readonly Extract<Opening, { readonly kind: 'open' }>[]): OpenedLadder['hearing'] {
  for (const { lines } of opened) if (lines !== undefined) return { lines };
  const ears = opened.find(({ prober }) => prober.method === 'raw')?.prober;
  return ears === undefined ? null : { ears };
}

function combine(probers: readonly Prober[], missing: readonly Unavailable[]): Prober {
  const [first, ...rest] = probers;
  if (first === undefined) throw new RangeError('a ladder has at least one rung');
  const byAbility = ABILITIES.map((ability) => ({
    ability,
    by: probers.find((prober) => lackOf(prober, ability) === null),
  }));
  const methods = byAbility.flatMap(({ ability, by }) => (by === undefined ? [] : [[ability, by.method]]));
  return {
    method: first.method,
    methods: Object.fromEntries(methods),
    // Asked anew each time: a tool may turn out to be of no use in the middle of a run.
    get lacks() {
      const lacks = ABILITIES.flatMap((ability) => {
        const wants = probers.map((prober) => lackOf(prober, ability));
        if (wants.includes(null)) return [];
        return [[ability, together([...wants.flatMap((want) => want ?? []), ...missing])]];
      });
      return Object.fromEntries(lacks);
    },
    send(probe, options) {
      const ability = abilityFor(probe);
      const by = probers.find((prober) => lackOf(prober, ability) === null) ?? first;
      return by.send(probe, options);
    },
    watch: (match, onError) => {
      const ends = probers.map((prober) => prober.watch(match, onError));
      return () => {
        for (const end of ends) end();
      };
    },
    close() {
      for (const prober of [first, ...rest]) prober.close();
    },
  };
}

/** What each rung wants, best first; what a right would grant counts for more than what is not there. */
function together(missing: readonly Unavailable[]): Unavailable {
  const reason = missing.some((each) => each.reason === 'not-permitted')
    ? 'not-permitted'
    : (missing[0]?.reason ?? 'not-supported');
  // Several kinds of probes lack the same.
  const named = missing.flatMap(({ obstacles }) => obstacles.map((each) => [JSON.stringify(each), each] as const));
  return { reason, obstacles: [...new Map(named).values()] };
}
