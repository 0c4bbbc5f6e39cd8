import { existsSync, readdirSync } from 'node:fs';
import { ip } from './ip.ts';

/** Namespaces of the lab by the run that made them; a run is named for the process that started it. */
export function labNamespaces(): { readonly name: string; readonly pid: number }[] {
  if (!existsSync('/run/netns')) return [];
  return readdirSync('/run/netns').flatMap((name) => {
    const pid = /^nw(\d+)-\d+-\d+-/.exec(name)?.[1];
    return pid === undefined ? [] : [{ name, pid: Number(pid) }];
  });
}

/** Removes what a run left that was killed before it could clean up, and what the named run still has. */
export function sweep(run: string): string[] {
  const left = labNamespaces().filter(({ name, pid }) => name.startsWith(`${run}-`) || !existsSync(`/proc/${pid}`));
  for (const { name } of left) ip('netns', 'del', name);
  return left.map(({ name }) => name);
}
