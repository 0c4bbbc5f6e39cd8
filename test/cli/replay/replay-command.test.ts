import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withComparison } from '../../../src/cli/replay/recorded.ts';
import { replayCommand } from '../../../src/cli/replay/replay-command.ts';
import type { Comparison } from '../../../src/domain/comparison.ts';
import { toJson } from '../../../src/report/check/json.ts';
import { CORPUS, reportIn } from '../../replayed.ts';
import { HEALTHY } from '../../report/reports.ts';

const COMPARISON: Comparison = {
  others: [
    {
      from: 'ssh://alice@bastion',
      verdict: 'healthy',
      code: 'port-open',
      confidence: 'certain',
      summary: 'It answers.',
      where: null,
      address: null,
    },
  ],
  meanings: ['From ssh://alice@bastion it works.'],
};

let folder = '';
let printed = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwhy-replay-'));
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk, ...rest) => {
    printed += String(chunk);
    for (const each of rest) if (typeof each === 'function') each();
    return true;
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function replayOf(text: string, ...options: readonly string[]): Promise<void> {
  const file = join(folder, 'report.json');
  await writeFile(file, text);
  await replayCommand().parseAsync([file, ...options], { from: 'user' });
}

test('what other vantages came to is still in the report', async () => {
  const recorded = { ...reportIn('port-port-open-ipv4.json'), comparison: COMPARISON };
  await replayOf(toJson(recorded), '--json');
  expect(JSON.parse(printed)).toMatchObject({ comparison: COMPARISON });
  expect(withComparison(HEALTHY, HEALTHY)).not.toHaveProperty('comparison');
});

test('a saved report is cleaned by --redact', async () => {
  const recorded = { ...reportIn('port-port-open-ipv4.json'), from: 'ssh://alice@bastion', comparison: COMPARISON };
  expect(toJson(recorded)).toMatch(/alice|bastion|10\.9\./);
  await replayOf(toJson(recorded), '--json', '--redact');
  expect(printed).not.toMatch(/alice|bastion|10\.9\./);
  expect(JSON.parse(printed)).toMatchObject({ diagnosis: { code: recorded.diagnosis.code } });
});

test('a report of a netwhy that did not know a field says which one it misses', async () => {
  const recorded = JSON.parse(await readFile(`${CORPUS}port-port-open-ipv4.json`, 'utf8'));
  delete recorded.evidence.ping.lossInterval;
  await expect(replayOf(JSON.stringify(recorded))).rejects.toThrow(/evidence\.ping\.lossInterval: is missing/);
});

test('a report of before it was told who has to act is replayed', async () => {
  const recorded = JSON.parse(await readFile(`${CORPUS}port-port-open-ipv4.json`, 'utf8'));
  delete recorded.diagnosis.owner;
  for (const step of recorded.diagnosis.nextSteps) delete step.at;
  await replayOf(JSON.stringify(recorded), '--json');
  expect(JSON.parse(printed)).toMatchObject({ diagnosis: { code: 'port-open' } });
});

const DEEP = 2_000_000;

test.each([
  ['wrong types', toJson(HEALTHY).replace('"durationMs": 412', '"durationMs": "long"'), /durationMs: must be a number/],
  [
    'a key of the prototype',
    toJson(HEALTHY).replace('"ping": {', '"ping": {"__proto__": {"sent": 1},'),
    /evidence\.ping: unknown key "__proto__"/,
  ],
  ['deep nesting', `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`, /the report: must be an object/],
  [
    'deep nesting within',
    toJson(HEALTHY).replace('"from": "local"', `"from": ${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`),
    /from: must be a string/,
  ],
  ['100 MB', ' '.repeat(100 * 1024 * 1024), /too large for a report/],
  ['nothing', '', /is not JSON/],
  ['half of one', toJson(HEALTHY).slice(0, 500), /is not JSON/],
])('%s is refused in a line that says what is wrong', async (_, text, problem) => {
  await expect(replayOf(text)).rejects.toMatchObject({ name: 'UserError', message: expect.stringMatching(problem) });
});
