import { open, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, delimiter, isAbsolute, join } from 'node:path';
import type { Diagnostic } from '../../flow/file/diagnostic.ts';
import { LARGEST_FLOW } from '../../flow/file/largest-flow.ts';
import type { LoadedFlow, LoadOptions } from '../../flow/file/load-flow.ts';
import type { Flow, Text } from '../../flow/flow.ts';
import { nearest } from '../../flow/nearest.ts';
import { packageFolder } from '../common/package-folder.ts';
import { compiled } from './compiled.ts';
import { readParts, textsOf } from './flow-parts.ts';

/** Where a flow was found: a folder of the user's (`--flows`, NETWHY_FLOWS, XDG_CONFIG_HOME), of the machine, or netwhy's own. */
type FlowSource = 'built-in' | 'user' | 'machine';

/** A flow file that a name stands for. A file of the user's hides the built-in one of the same name. */
export type FlowFile = { readonly name: string; readonly file: string; readonly source: FlowSource };

export type ReadFlow =
  | { readonly kind: 'ok'; readonly flow: Flow }
  | { readonly kind: 'not-found'; readonly known: readonly string[]; readonly nearest: string | null }
  | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] };

const EXTENSION = /\.ya?ml$/iu;

/**
 * Reads the flow of that name, or at that path (anything with a slash in it, or ending in .yaml or .yml).
 * What is wrong with a file, that it cannot be read included, is told as diagnostics; nothing is thrown.
 */
export async function readFlow(nameOrPath: string, options: LoadOptions = {}): Promise<ReadFlow> {
  if (isPath(nameOrPath))
    return (
      (await readFlowFile(nameOrPath, { ...options, isOwn: true })) ?? { kind: 'not-found', known: [], nearest: null }
    );
  const files = await findFlows();
  const found = files.find(({ name }) => name === nameOrPath);
  const read =
    found && (await readFlowFile(found.file, { ...options, name: found.name, isOwn: found.source !== 'built-in' }));
  if (read) return read;
  const known = files.map(({ name }) => name);
  return { kind: 'not-found', known, nearest: nearest(nameOrPath, known) };
}

/** Every file that a name stands for, in order of name, and what is in it. */
export async function inspectFlows(): Promise<readonly (FlowFile & { readonly loaded: LoadedFlow })[]> {
  const files = await findFlows();
  const read = files.map(async (found) => {
    const loaded = await readFlowFile(found.file, { name: found.name, isOwn: found.source !== 'built-in' });
    return loaded === null ? [] : [{ ...found, loaded }];
  });
  return (await Promise.all(read)).flat();
}

/** Every flow that can be walked, in order of name; a file with mistakes in it is left out. */
export async function listFlows(): Promise<readonly (FlowFile & { readonly title: Text })[]> {
  const all = await inspectFlows();
  return all.flatMap(({ loaded, ...found }) => (loaded.kind === 'ok' ? [{ ...found, title: loaded.flow.title }] : []));
}

/** The flow of that name which netwhy brings, whatever hides it. */
export function readBuiltInFlow(name: string): Promise<ReadFlow> {
  return readFlow(join(packageFolder(), 'flows', `${name}.yaml`));
}

/** Where flows with a name are looked for, the first that has one wins. */
function flowFolders(): readonly { readonly folder: string; readonly source: FlowSource }[] {
  const configured = process.env['XDG_CONFIG_HOME'] ?? '';
  // A relative path is to be ignored (XDG Base Directory Specification).
  const config = isAbsolute(configured) ? configured : join(homedir(), '.config');
  const given = (process.env['NETWHY_FLOWS'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return [
    ...given.map((folder) => ({ folder, source: 'user' as const })),
    { folder: join(config, 'netwhy', 'flows'), source: 'user' },
    { folder: '/etc/netwhy/flows', source: 'machine' },
    { folder: join(packageFolder(), 'flows'), source: 'built-in' },
  ];
}

async function findFlows(): Promise<readonly FlowFile[]> {
  const found = new Map<string, FlowFile>();
  for (const { folder, source } of flowFolders()) {
    for (const entry of await entriesOf(folder)) {
      const name = basename(entry).replace(EXTENSION, '');
      if (EXTENSION.test(entry) && !found.has(name)) found.set(name, { name, file: join(folder, entry), source });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

// A folder that is not there, or may not be read, holds no flows for this user.
async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch {
    return [];
  }
}

function isPath(nameOrPath: string): boolean {
  return EXTENSION.test(nameOrPath) || nameOrPath.includes('/') || nameOrPath.includes('\\');
}

/** null where there is no such file. */
async function readFlowFile(file: string, options: LoadOptions): Promise<LoadedFlow | null> {
  const bytes = await readAtMost(file, LARGEST_FLOW + 1);
  if (bytes === null) return null;
  if (typeof bytes === 'string') return unreadable(`cannot be read: ${bytes}`, file);
  if (bytes.length > LARGEST_FLOW) return unreadable('a flow file has at most 1 MiB', file);
  const text = decode(bytes);
  if (text === null) return unreadable('is not UTF-8', file);
  const parts = await readParts(text, file);
  const flow = await compiled<Flow>(textsOf(text, parts));
  if (flow !== null && (options.name === undefined || flow.name === options.name)) return { kind: 'ok', flow };
  const { loadFlow } = await import('../../flow/file/load-flow.ts');
  return loadFlow(text, file, { ...options, readPart: (name) => parts.get(name) ?? null });
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Read when it is needed: it brings the YAML library along. */
async function unreadable(message: string, file: string): Promise<LoadedFlow> {
  const { diagnosticsOf } = await import('../../flow/file/diagnostic.ts');
  const problem = { code: 'unreadable', message, span: { start: 0, end: 0 } } as const;
  return { kind: 'invalid', diagnostics: diagnosticsOf([problem], '', file) };
}

/** The bytes, null where there is no such file, or the errno name. Bounded, as a device or a pipe has no size to ask for. */
async function readAtMost(file: string, limitBytes: number): Promise<Uint8Array | string | null> {
  try {
    const handle = await open(file, 'r');
    try {
      const buffer = new Uint8Array(limitBytes);
      let length = 0;
      while (length < limitBytes) {
        const { bytesRead } = await handle.read(buffer, length, limitBytes - length, null);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return buffer.subarray(0, length);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return code === 'ENOENT' || code === 'ENOTDIR' ? null : code;
  }
}
