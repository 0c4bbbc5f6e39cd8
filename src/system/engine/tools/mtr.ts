import { familyOf } from '../../../domain/address.ts';
import type { Clock } from '../../../domain/ports.ts';
import type { Probe } from '../../../domain/prober.ts';
import { wireAddress } from '../../../packet/address.ts';
import type { LineProcess, StartLines } from '../../process/line-process.ts';
import { zonedLike } from '../shared/zoned-like.ts';
import { errorAnswer, expired, isTarget } from './answer.ts';
import { mtrRequest } from './mtr-command.ts';
import { type MtrLine, readMtrLine } from './parse/mtr-packet.ts';
import { INTRODUCTION_MS, LOOPBACK, type SystemTool, type ToolAnswer, type ToolOpening } from './system-tool.ts';

/** It may crash (0.95 does where the kernel has no route); then it is started again, but not for ever. */
const MOST_STARTS = 4;
const SPARE_MS = 2000;
const PORT_UNREACHABLE = { 4: { type: 3, code: 3 }, 6: { type: 1, code: 4 } } as const;

/** Words of mtr-packet(8) for what this machine refused. */
const REFUSALS: Readonly<Record<string, string>> = {
  'network-down': 'ENETDOWN',
  'permission-denied': 'EPERM',
  'address-in-use': 'EADDRINUSE',
  'address-not-available': 'EADDRNOTAVAIL',
  'probes-exhausted': 'ENOBUFS',
};

const TRIAL: Probe = {
  kind: 'echo',
  to: LOOPBACK,
  ttl: null,
  timeoutMs: 500,
  payloadBytes: 56,
  dontFragment: false,
};

type Pending = { readonly probe: Probe; readonly settle: (answer: ToolAnswer) => void };

/** Starts mtr-packet, which carries many probes in one process, and tries it out. */
export async function openMtr(start: StartLines, clock: Clock, signal: AbortSignal): Promise<ToolOpening> {
  const tool = createMtr(start, clock);
  const trial = await tool.send({ ...TRIAL, timeoutMs: INTRODUCTION_MS - SPARE_MS }, signal);
  if (trial.kind !== 'failed') return { kind: 'open', tool, missing: [] };
  tool.close();
  const trouble = { ...trial.why, tool: tool.name };
  if (trouble.code === 'tool-missing') {
    return { kind: 'unavailable', unavailable: { reason: 'not-installed', obstacles: [trouble] } };
  }
  const obstacles = [trouble, { code: 'tool-wants-capability', tool: tool.name }] as const;
  return { kind: 'unavailable', unavailable: { reason: 'not-permitted', obstacles } };
}

function createMtr(start: StartLines, clock: Clock): SystemTool {
  const pending = new Map<number, Pending>();
  let running: Promise<LineProcess | null> | null = null;
  let starts = 0;
  let lastToken = 0;
  let isClosed = false;

  const settle = (token: number, answer: ToolAnswer): void => {
    const found = pending.get(token);
    pending.delete(token);
    found?.settle(answer);
  };

  const process = (): Promise<LineProcess | null> => {
    if (running !== null) return running;
    starts += 1;
    running = start('mtr-packet', [], {
      onLine: (text) => {
        const line = readMtrLine(text);
        const found = line === null ? undefined : pending.get(line.token);
        if (line !== null && found !== undefined) settle(line.token, answerOf(line, found.probe));
      },
      onEnd: () => {
        running = null;
        for (const token of [...pending.keys()]) settle(token, { kind: 'failed', why: { code: 'tool-ended' } });
      },
    });
    return running;
  };

  return {
    name: 'mtr-packet',
    carriesMany: true,
    canSend: (probe) => !isClosed && starts <= MOST_STARTS && mtrRequest(probe) !== null,
    async send(probe, signal) {
      const request = mtrRequest(probe);
      const startedMs = clock.nowMs();
      if (request === null || isClosed) return { kind: 'failed', why: { code: 'tool-cannot-send' } };
      const child = await process();
      if (child === null) return { kind: 'failed', why: { code: 'tool-missing' } };
      if (signal.aborted || isClosed) return { kind: 'silent', waitedMs: 0 };
      lastToken += 1;
      const token = lastToken;
      const over = new AbortController();
      const stop = (): void => settle(token, { kind: 'silent', waitedMs: clock.nowMs() - startedMs });
      signal.addEventListener('abort', stop, { once: true });
      const answered = new Promise<ToolAnswer>((resolve) => {
        pending.set(token, { probe, settle: resolve });
      });
      child.write(`${token} ${request}`);
      void clock
        .sleep(probe.timeoutMs + SPARE_MS, over.signal)
        .then(() => settle(token, { kind: 'failed', why: { code: 'tool-silent' } }));
      const answer = await answered;
      over.abort();
      signal.removeEventListener('abort', stop);
      return answer.kind === 'silent' ? { kind: 'silent', waitedMs: clock.nowMs() - startedMs } : answer;
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      void running?.then((child) => child?.end());
    },
  };
}

/**
 * What a line says of a probe. `reply` to a datagram is a port unreachable, which is all that it hears of UDP; to a SYN it
 * is anything that ends the attempt. `no-route` is any other Destination Unreachable: which, it does not say.
 */
function answerOf(line: MtrLine, probe: Probe): ToolAnswer {
  const { kind, from, rttMs, mpls } = line;
  const refusal = REFUSALS[kind];
  if (refusal !== undefined) return { kind: 'local-error', code: refusal };
  if (kind === 'no-reply') return { kind: 'silent', waitedMs: 0 };
  if (kind === 'no-route' && from === null) return { kind: 'local-error', code: 'ENETUNREACH' };
  if (from === null || rttMs === null) return { kind: 'failed', why: { code: 'tool-unreadable' } };
  const seen = { from, rttMs, ...(mpls.length > 0 && { mpls }) };
  switch (kind) {
    case 'ttl-expired':
      return expired(seen, probe);
    case 'no-route':
      return { kind: 'unclear', from };
    case 'reply':
      return replied(seen, probe);
    default:
      return { kind: 'failed', why: { code: 'tool-unreadable' } };
  }
}

function replied(seen: { readonly from: string; readonly rttMs: number }, probe: Probe): ToolAnswer {
  const isOwn = isTarget(seen.from, probe);
  if (probe.kind === 'udp' || (probe.kind === 'syn' && !isOwn)) {
    return errorAnswer(PORT_UNREACHABLE[familyOf(probe.to)], seen, probe);
  }
  if (!isOwn) return { kind: 'failed', why: { code: 'tool-unreadable' } };
  const kind = probe.kind === 'echo' ? 'reply' : 'answered';
  return { kind, from: zonedLike(wireAddress(seen.from), probe.to), rttMs: seen.rttMs, replyTtl: null };
}
