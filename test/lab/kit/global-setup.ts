import { bundleChildren } from './bundle.ts';
import { sweep } from './sweep.ts';

/** Once per run, before any worker: the helper programs are bundled, and the leftovers of a killed run removed. */
export async function setup(): Promise<() => void> {
  const run = process.env['NETWHY_LAB_RUN'] ?? `nw${process.pid}`;
  process.env['NETWHY_LAB_RUN'] = run;
  sweep(run);
  await bundleChildren();
  return () => {
    const left = sweep(run);
    if (left.length > 0) throw new Error(`The lab left namespaces behind: ${left.join(', ')}`);
  };
}
