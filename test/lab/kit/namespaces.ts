import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { ip } from './ip.ts';

/** A network namespace, by the name that `ip netns` knows. */
export type Namespace = string;

const living = new Set<Namespace>();
const children = new Set<ChildProcess>();
let counter = 0;

/** The name of the whole run: what begins with it is ours to remove. Set for all workers by the global set-up. */
function runPrefix(): string {
  return process.env['NETWHY_LAB_RUN'] ?? `nw${process.pid}`;
}

/** A fresh set of namespace names for one topology, and its removal when the test that made it is finished. */
export function newNamespaces(roles: readonly string[]): Namespace[] {
  counter += 1;
  const names = roles.map((role) => `${runPrefix()}-${process.pid}-${counter}-${role}`);
  const before = new Set(children);
  onTestFinished(() => {
    for (const child of children) if (!before.has(child)) end(child);
    removeNamespaces(names);
  });
  for (const name of names) living.add(name);
  return names;
}

/** A process that has to be gone before its namespace can go. */
export function track(child: ChildProcess): void {
  children.add(child);
  child.once('exit', () => children.delete(child));
}

function end(child: ChildProcess): void {
  child.kill('SIGKILL');
  children.delete(child);
}

function removeNamespaces(names: readonly Namespace[]): void {
  for (const name of names) {
    if (existsSync(`/run/netns/${name}`)) ip('netns', 'del', name);
    living.delete(name);
  }
}

// A worker that ends early (a crash, an interrupt) must not leave networks behind.
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  removeNamespaces([...living]);
});
