import { execFileSync } from 'node:child_process';

/** ip(8). A constant, as nothing of this package brings it. */
export const IP: string = 'ip';

/** Runs ip(8) and returns what it printed; throws with its complaint. */
export function ip(...args: readonly string[]): string {
  return execFileSync(IP, args, { encoding: 'utf8', stdio: 'pipe' });
}
