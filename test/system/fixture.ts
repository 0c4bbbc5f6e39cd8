import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * One output of a tool. Each file says whose it is, and either how it was recorded or where its shape is documented (then
 * it was not recorded), and the exit code.
 */
export type Fixture = {
  readonly tool: string;
  /** The command that was recorded, or where the shape is documented. */
  readonly origin: { readonly kind: 'recorded' | 'documented'; readonly from: string };
  readonly stdout: string;
  readonly stderr: string;
};

const FOLDER = fileURLToPath(new URL('./fixtures/', import.meta.url));
const HEAD =
  /^# tool: (?<tool>.+)\n# (?<how>recorded|from documentation, not recorded): (?<from>.+)\n# exit: \d+\n--- stdout\n/u;
const STDERR = /(?:^|\n|(?<=.))--- stderr\n/u;

/** Reads `fixtures/<path>.txt`; throws for one that does not say where it comes from. */
export function fixture(path: string): Fixture {
  const text = readFileSync(`${FOLDER}${path}.txt`, 'utf8');
  const head = HEAD.exec(text);
  const { tool = '', how = '', from = '' } = head?.groups ?? {};
  if (head === null) throw new Error(`${path} does not say where it comes from`);
  const [stdout = '', stderr = ''] = text.slice(head[0].length).split(STDERR);
  return { tool, origin: { kind: how === 'recorded' ? 'recorded' : 'documented', from }, stdout, stderr };
}

/** The names of all fixtures, `folder/name`. */
export function fixtureNames(): readonly string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.txt'))
    .map((name) => name.slice(0, -'.txt'.length))
    .sort();
}
