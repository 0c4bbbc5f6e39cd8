import { readdirSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { NextStep } from '../src/domain/report.ts';
import type { Report } from '../src/evidence/report/report.ts';
import { CORPUS, reportOf } from './replayed.ts';

// What a person is told to do, over every fault that was recorded in the lab.

const recordings = readdirSync(CORPUS).filter((file) => file.endsWith('.json'));
const reports = new Map<string, Report>();

beforeAll(async () => {
  for (const file of recordings) reports.set(file, await reportOf(file));
}, 120_000);

function reportFor(file: string): Report {
  const report = reports.get(file);
  if (report === undefined) throw new Error(`${file} was not replayed`);
  return report;
}

test.each(recordings)('%s: no step is done at a place that the evidence excludes', (file) => {
  const { diagnosis, evidence } = reportFor(file);
  const { owner, nextSteps, where } = diagnosis;
  expect(nextSteps.filter(({ at }) => at === 'unknown')).toEqual([]);
  const changes = nextSteps.filter(({ command, risk }) => command !== null && risk !== 'none');
  // Every attempt ends on the way: no rule of the host is to blame.
  if (owner === 'path') expect(changes.filter(({ at }) => at === 'target' || at === 'service')).toEqual([]);
  // The host itself answers, or its own table was read: nothing on the way is.
  if (owner === 'target' || owner === 'service') expect(changes.filter(({ at }) => at === 'path')).toEqual([]);
  // Nothing has left this machine.
  if (owner === 'this-machine') expect(nextSteps.filter(({ at }) => at !== 'this-machine')).toEqual([]);
  // Nothing of this machine's link where everything passes the first hop.
  if (owner === 'path' && (where?.hop ?? 0) > 1 && evidence.hopEchoes !== undefined)
    expect(nextSteps.filter(({ check }) => /ethtool|tc -s|iw dev|netstat -I/u.test(check ?? ''))).toEqual([]);
});

test.each(recordings)('%s: the first step is at the measured place, and looks or asks', (file) => {
  const { diagnosis, verdict } = reportFor(file);
  const [first] = diagnosis.nextSteps;
  if (verdict === 'healthy') return;
  expect(first).toBeDefined();
  expect(first?.risk).not.toBe('irreversible');
  if (diagnosis.owner !== 'unknown' && diagnosis.owner !== 'nobody') expect(first?.at).toBe(diagnosis.owner);
});

test.each(recordings)('%s: what only looks comes before what changes', (file) => {
  const { nextSteps } = reportFor(file).diagnosis;
  const changes = (step: NextStep) => step.command !== null && step.risk !== 'none';
  for (const [index, step] of nextSteps.entries()) {
    if (!changes(step)) continue;
    const sameKind = nextSteps
      .slice(index + 1)
      .filter(({ at, platform }) => at === step.at && platform === step.platform);
    expect(sameKind.filter((later) => !changes(later))).toEqual([]);
  }
  const final = nextSteps.findIndex(({ risk }) => risk === 'irreversible');
  if (final >= 0) expect(nextSteps.slice(final).every(({ risk }) => risk === 'irreversible')).toBe(true);
});

test.each(recordings)('%s: nothing that was measured is to be measured again', (file) => {
  const { diagnosis, evidence, target } = reportFor(file);
  const commands = diagnosis.nextSteps.flatMap(({ check, command }) => [check ?? '', command ?? '']).join('\n');
  const again = target.input.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  expect(commands).not.toMatch(new RegExp(`^netwhy check ${again}( --count \\d+)?$`, 'mu'));
  if (evidence.portTrace !== undefined && target.port !== null)
    expect(commands).not.toContain(`traceroute -n -T -p ${target.port} ${target.address}`);
  if (evidence.sockets?.listening != null) expect(commands).not.toContain(`ss -ltnp 'sport = :${target.port}'\n`);
});

test.each(recordings)('%s: a filter on the way is told to its owner with all that a log is searched for', (file) => {
  const { diagnosis, target, evidence } = reportFor(file);
  if (diagnosis.code !== 'port-filtered' || diagnosis.owner !== 'path') return;
  const [first] = diagnosis.nextSteps;
  expect(first?.platform).toBe('network');
  for (const fact of [evidence.route?.source, target.address, `port ${target.port}`, diagnosis.where?.address, 'UTC'])
    expect(first?.title).toContain(fact);
});
