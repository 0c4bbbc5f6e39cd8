/** One script on its way through a shell that others write to as well: banners, message of the day, start-up files. */
export type Frame = {
  /** What the shell reads. */
  readonly input: string;
  out(chunk: Buffer): void;
  err(chunk: Buffer): void;
  hasBegun(): boolean;
  /** Of the script, once it is through; else null. */
  exitCode(): number | null;
  /** Whether everything of stderr has come. */
  isSaid(): boolean;
  isTooMuch(): boolean;
  /** Exactly what the script wrote. */
  stdout(): string;
  stderr(): string;
};

/** Longer than the end mark with its exit code. */
const LONGEST_END = 200;

/**
 * Frames a script with marks that only a shell can have made: it does a sum, so that a device that echoes what it is sent,
 * or prints the command line, is not taken for one. `name` is different for every script, and cannot be guessed.
 */
export function frame(script: string, name: string, maxBytes: number): Frame {
  const sum = `nw$((40+2))-${name}`;
  const begin = Buffer.from(`\nnw42-${name}-begin\n`);
  const end = new RegExp(`\\nnw42-${name}-end (\\d{1,3})\\n$`);
  const out = collector(begin, end, maxBytes);
  const err = collector(begin, end, maxBytes);
  return {
    input:
      `echo; echo; echo "${sum}-begin"; echo >&2; echo "${sum}-begin" >&2\n` +
      `( ${script}\n) </dev/null\n` +
      `nw=$?; echo; echo "${sum}-end $nw"; echo >&2; echo "${sum}-end $nw" >&2\n`,
    out: out.add,
    err: err.add,
    hasBegun: out.hasBegun,
    exitCode: () => {
      const [, code] = out.ending() ?? [];
      return code === undefined ? null : Number(code);
    },
    isSaid: () => err.ending() !== null,
    isTooMuch: () => out.isFull() || err.isFull(),
    stdout: out.text,
    stderr: err.text,
  };
}

function collector(begin: Buffer, end: RegExp, maxBytes: number) {
  let before = Buffer.from('\n');
  const chunks: Buffer[] = [];
  let seenBytes = 0;
  let tail = '';
  let hasBegun = false;

  const add = (chunk: Buffer): void => {
    seenBytes += chunk.length;
    if (seenBytes > maxBytes) return;
    const inside = hasBegun ? chunk : afterBegin(chunk);
    if (inside === null) return;
    chunks.push(inside);
    tail = `${tail}${inside.subarray(-LONGEST_END).toString('latin1')}`.slice(-LONGEST_END);
  };
  const afterBegin = (chunk: Buffer): Buffer | null => {
    before = Buffer.concat([before, chunk]);
    const index = before.indexOf(begin);
    if (index < 0) {
      before = before.subarray(-begin.length);
      return null;
    }
    hasBegun = true;
    // The mark's own newline may be the one that the end mark begins with.
    return before.subarray(index + begin.length - 1);
  };
  const ending = () => end.exec(tail);
  return {
    add,
    hasBegun: () => hasBegun,
    ending,
    isFull: () => seenBytes > maxBytes,
    text: () => {
      const cut = ending()?.[0].length ?? 0;
      const all = Buffer.concat(chunks);
      return all.subarray(Math.min(1, all.length), Math.max(1, all.length - cut)).toString('utf8');
    },
  };
}
