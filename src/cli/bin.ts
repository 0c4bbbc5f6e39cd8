#!/usr/bin/env node
// `--version` is answered before the program is read: shells and scripts ask for it often. The first picture of the
// wizard is drawn before what draws the others is loaded.
import { displayed } from '../text/displayed.ts';
import { COMMAND_NAMES } from './common/command-names.ts';
import { errorDocument, isJsonAsked } from './common/error-document.ts';
import { EXIT } from './common/exit-code.ts';
import { drawFirstFrame } from './common/first-frame.ts';
import { VERSION } from './common/version.ts';

const [only] = process.argv.slice(2);
if (process.argv.length === 3 && (only === '--version' || only === '-V')) {
  process.stdout.write(`${VERSION}\n`);
} else {
  // Ink would look for a debugger when it sees this variable.
  delete process.env['DEV'];
  const args = process.argv.slice(2);
  drawFirstFrame(args, COMMAND_NAMES, process);
  const program = await import('./main.ts').catch((error: unknown) => {
    // Not even the program can be read: too few files may be opened, or some of it is missing.
    if (isJsonAsked(args)) process.stdout.write(errorDocument(error));
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`netwhy: internal error, it cannot start: ${displayed(why)}\n`);
    process.exitCode = EXIT.internal;
    return null;
  });
  await program?.main(args);
}
