import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { IP, ip } from './ip.ts';
import { type Namespace, track } from './namespaces.ts';

export type Finished = {
  /** null when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly wallMs: number;
};

/** What a namespace's programs find under /etc. The name service asks the files, then DNS, whatever this machine does. */
export type NameService = {
  readonly resolvers?: readonly string[];
  readonly hosts?: readonly string[];
  /** Whole text of resolv.conf, in place of `resolvers`. */
  readonly resolvConf?: string;
};

/** By namespace, a folder of what its programs find under /etc in place of this machine's files. */
const etcFolders = new Map<Namespace, string>();

/** Runs a shell script in a namespace and waits for it; throws with its output when it fails. */
export function sh(namespace: Namespace, script: string): string {
  return ip('netns', 'exec', namespace, 'sh', '-ec', script);
}

export type Hook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';

/** Adds nft rules to one hook of a namespace, for both families. */
export function filter(namespace: Namespace, hook: Hook, ...rules: readonly string[]): void {
  const chain = [`type filter hook ${hook} priority 0`, ...rules].join('\n');
  execFileSync(IP, ['netns', 'exec', namespace, 'nft', '-f', '-'], {
    input: `table inet lab {\nchain ${hook} {\n${chain}\n}\n}\n`,
    stdio: 'pipe',
  });
}

/** Gives the programs of a namespace their own resolv.conf and hosts file. */
export function setNameService(namespace: Namespace, names: NameService): void {
  const resolvConf = names.resolvConf ?? (names.resolvers ?? []).map((address) => `nameserver ${address}\n`).join('');
  setEtcFile(namespace, 'resolv.conf', resolvConf);
  setEtcFile(namespace, 'hosts', ['127.0.0.1 localhost', '::1 localhost', ...(names.hosts ?? []), ''].join('\n'));
  setEtcFile(namespace, 'nsswitch.conf', 'hosts: files dns\n');
}

/** Gives the programs of a namespace another file under /etc than the machine's, which must have one of that name. */
export function setEtcFile(namespace: Namespace, name: string, text: string): void {
  writeFileSync(join(etcFolders.get(namespace) ?? newEtcFolder(namespace), name), text);
}

function newEtcFolder(namespace: Namespace): string {
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-lab-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
    etcFolders.delete(namespace);
  });
  etcFolders.set(namespace, folder);
  return folder;
}

// The mounts are seen by this command only: `ip netns exec` gives it a mount namespace of its own.
const WITH_FILES = 'cd "$1"; for f in *; do mount --bind "$f" "/etc/$f"; done; cd "$OLDPWD"; shift; exec "$@"';

/** What a command is led by to run in a namespace, with the namespace's files under /etc. */
export function within(namespace: Namespace): readonly string[] {
  const files = etcFolders.get(namespace);
  const mounts = files === undefined ? [] : ['sh', '-ec', WITH_FILES, 'sh', files];
  return [IP, 'netns', 'exec', namespace, ...mounts];
}

/** Starts a command in a namespace, with the namespace's files under /etc. The test's end is the latest end of it. */
export function start(
  namespace: Namespace,
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const [program = IP, ...args] = [...within(namespace), ...command];
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), LANG: 'C.UTF-8', ...env },
  });
  track(child);
  return child;
}

/** Runs a command in a namespace to its end, or kills it at the time limit. */
export async function run(
  namespace: Namespace,
  command: readonly string[],
  options: { readonly timeoutMs?: number; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Finished> {
  const startedMs = performance.now();
  const child = start(namespace, command, options.env);
  const limit = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 30_000);
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  });
  clearTimeout(limit);
  return { exitCode, ...output, wallMs: performance.now() - startedMs };
}
