import { expect, test } from 'vitest';
import { findTool, runTool } from '../../../src/system/process/run-tool.ts';

const signal = new AbortController().signal;

test('a tool is found by its absolute path, one that is not installed is missing', async () => {
  expect(await findTool('env')).toMatch(/^\/.*\/env$/u);
  expect(await findTool('netwhy-no-such-tool')).toBeNull();
  expect(await runTool('netwhy-no-such-tool', [], { signal })).toEqual({ kind: 'missing' });
});

test('a tool speaks English and knows nothing of the user’s environment', async () => {
  const result = await runTool('env', [], { signal });
  expect(result).toMatchObject({ kind: 'done', exitCode: 0, stderr: '' });
  const lines = result.kind === 'done' ? result.stdout.trim().split('\n').sort() : [];
  expect(lines).toEqual(['LC_ALL=C', expect.stringMatching(/^PATH=\/usr\/sbin:/u)]);
});

test('arguments reach the tool as they are, without a shell', async () => {
  const result = await runTool('printf', ['%s|', '$HOME; true', '*'], { signal });
  expect(result).toMatchObject({ kind: 'done', stdout: '$HOME; true|*|' });
});

test('failure is told by exit code and stderr', async () => {
  const result = await runTool('cat', ['/netwhy/no/such/file'], { signal });
  expect(result).toMatchObject({ kind: 'done', exitCode: 1, stderr: expect.stringContaining('No such file') });
});

test('a tool that overstays is ended', async () => {
  expect(await runTool('sleep', ['1000'], { signal, timeoutMs: 20 })).toEqual({ kind: 'timed-out' });
});

test('a tool that never stops talking is ended', async () => {
  expect(await runTool('yes', [], { signal, maxOutputBytes: 1000 })).toEqual({ kind: 'too-much-output' });
});

test('an abort ends a running tool, and starts none', async () => {
  const controller = new AbortController();
  const running = runTool('sleep', ['1000'], { signal: controller.signal });
  controller.abort();
  expect(await running).toEqual({ kind: 'cancelled' });
  expect(await runTool('sleep', ['1000'], { signal: controller.signal })).toEqual({ kind: 'cancelled' });
});
