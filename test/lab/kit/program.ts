import { fileURLToPath } from 'node:url';

/** The built program, or another build of it, such as an installed package. */
export const PROGRAM: string =
  process.env['NETWHY_PROGRAM'] ?? fileURLToPath(new URL('../../../dist/bin.js', import.meta.url));
