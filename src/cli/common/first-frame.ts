/** Ends the picture: the cursor goes back to its first line, and everything from there on is gone. */
const BACK = '\r\u001b[2A\u001b[J';

let isDrawn = false;

type Terminal = {
  readonly stdin: { readonly isTTY?: boolean };
  readonly stdout: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };
  readonly env: NodeJS.ProcessEnv;
};

/**
 * The first picture of the wizard, drawn before anything that draws the others is loaded: its header, and that it
 * starts. Nothing where the command line asks for something else, or where there is no terminal to draw on.
 */
export function drawFirstFrame(
  args: readonly string[],
  commands: readonly string[],
  { stdin, stdout, env }: Terminal,
): void {
  const isWizard = args.every((arg) => !commands.includes(arg) && !NO_WIZARD.test(arg));
  if (!isWizard || !stdin.isTTY || !stdout.isTTY || env['TERM'] === 'dumb' || env['INK_SCREEN_READER'] === 'true')
    return;
  const target = args.length === 1 && !args[0]?.startsWith('-') ? ` ${printable(args[0] ?? '')}` : '';
  const header = `netwhy${target}`.slice(0, Math.max(1, (stdout.columns || 80) - 1));
  stdout.write(`${header}\n\n...`);
  isDrawn = true;
}

/** Takes it away again, before anything else is written. */
export function eraseFirstFrame(stdout: { write(text: string): unknown }): void {
  if (!isDrawn) return;
  isDrawn = false;
  stdout.write(BACK);
}

/** Options that end in text, and the wizard's own child. */
const NO_WIZARD = /^(?:-h|-V|--help|--version|--screen-reader|--no-input|__session)$/u;

function printable(text: string): string {
  return text.replace(/[^\u0020-\u007e]/gu, '?');
}
