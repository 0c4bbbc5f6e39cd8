import { type FarVantage, vantageText } from '../../domain/vantage.ts';
import type { WatchRequest, Witness } from '../../domain/witness.ts';
import { witnessCommand } from '../../evidence/witness.ts';
import { type RunScript, watchWith } from '../witness/watch.ts';
import { explainEnd } from './failure.ts';
import { startVantageProcess } from './process.ts';
import { type ShellOptions, type ShellResult, vantageShell } from './shell.ts';

/** Of the whole of it, the way there included; every part of the script has a limit of its own. */
const LIMIT_MS = 9000;
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;
/** Longer than any word that is looked for. */
const KEPT = 200;

/** What the kernel of a vantage says. `run`: in a shell there. */
export function vantageWitness(
  vantage: FarVantage,
  run: (script: string, options: ShellOptions) => Promise<ShellResult>,
): Witness {
  return witnessBy(vantageText(vantage), (script, signal, onOutput) =>
    told(run(script, limits(signal, onOutput)), (result) => explainEnd(result, vantage)),
  );
}

/** The same of this machine. */
export const localWitness: Witness = witnessBy('local', async (script, signal, onOutput) => {
  if (process.platform !== 'linux') return { unavailable: NOT_LINUX };
  const shell = vantageShell(startVantageProcess('/bin/sh', []));
  try {
    return await told(shell.run(script, limits(signal, onOutput)), () => NOT_RUN);
  } finally {
    shell.end();
  }
});

const NOT_LINUX = { reason: 'not-supported', obstacles: [{ code: 'watch-only-linux' }] } as const;
const NOT_RUN = { reason: 'not-answered', obstacles: [{ code: 'watch-too-slow' }] } as const;

function witnessBy(host: string, run: RunScript): Witness {
  return {
    equivalent: (request: WatchRequest) => witnessCommand(host, request),
    watch: (request, send, signal) => watchWith(run, request, send, signal),
  };
}

function limits(signal: AbortSignal, onOutput: (piece: string) => void): ShellOptions {
  return { signal, timeoutMs: LIMIT_MS, maxOutputBytes: MAX_OUTPUT_BYTES, onOutput: inPieces(onOutput) };
}

async function told(
  running: Promise<ShellResult>,
  explain: (end: Exclude<ShellResult, { kind: 'done' }>) => ReturnType<typeof explainEnd>,
): ReturnType<RunScript> {
  const result = await running;
  return result.kind === 'done' ? { stdout: result.stdout } : { unavailable: explain(result) };
}

function inPieces(onOutput: (piece: string) => void): (chunk: Buffer) => void {
  let before = '';
  return (chunk) => {
    const piece = before + chunk.toString('latin1');
    before = piece.slice(-KEPT);
    onOutput(piece);
  };
}
