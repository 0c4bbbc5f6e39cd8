#!/usr/bin/env node
// `--version` is answered before anything else is read: shells and scripts ask for it often.
import { VERSION } from './common/version.ts';

const [only] = process.argv.slice(2);
if (process.argv.length === 3 && (only === '--version' || only === '-V')) {
  process.stdout.write(`${VERSION}\n`);
} else {
  // Ink would look for a debugger when it sees this variable.
  delete process.env['DEV'];
  const { main } = await import('./main.ts');
  await main(process.argv.slice(2));
}
