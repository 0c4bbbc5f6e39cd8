import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EVIDENCE_KINDS, EVIDENCE_NAMES } from '../../../src/evidence/kinds.ts';
import { recordedEvents } from '../../../src/session/view/recorded-events.ts';
import { EMPTY_VIEW, fold } from '../../../src/session/view/view.ts';
import { CORPUS, reportIn } from '../../replayed.ts';

const reports = readdirSync(CORPUS)
  .filter((file) => file.endsWith('.json'))
  .map(reportIn);

const recorded = EVIDENCE_NAMES.filter((name) => reports.some(({ evidence }) => evidence[name] !== undefined));

test('the corpus has nearly every kind', () => {
  expect(recorded).toEqual(expect.arrayContaining(['portTrace', 'hopEchoes', 'tls', 'http', 'sockets', 'mtu']));
});

test.each(recorded)('a recorded %s is played when it was measured', (name) => {
  const withIt = reports.filter(({ evidence }) => evidence[name] !== undefined);
  for (const report of withIt) {
    const { probe } = EVIDENCE_KINDS[name];
    const own = recordedEvents(report).flatMap(({ event }) =>
      'probe' in event && event.probe === probe ? [event.kind] : [],
    );
    expect(own[0]).toBe('probe-started');
    expect(own.at(-1)).toBe('probe-finished');
  }
});

test('echoes to hops end as the table of the evidence: what was answered, and what was lost', () => {
  const report = reports.find(({ evidence }) => (evidence.hopEchoes?.hops ?? []).some(({ received }) => received > 0));
  const hops = report?.evidence.hopEchoes?.hops ?? [];
  const rows = recordedEvents(report ?? reports[0] ?? fail()).flatMap(({ event }) =>
    event.kind === 'probe-progress' && event.progress.kind === 'hop-echoes' ? [event.progress.rows] : [],
  );
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.at(-1)?.map(({ rttsMs }) => rttsMs.filter((ms) => ms !== null).length)).toEqual(
    hops.map(({ received }) => received),
  );
  const heard = hops.filter(({ received }) => received > 0);
  expect(rows.at(-1)?.flatMap(({ sent }) => sent ?? [])).toEqual(heard.map(({ sent }) => sent));
});

test('folded, the path of such a run is that of the echoes to its hops', () => {
  const report = reports.find(({ evidence }) => evidence.hopEchoes !== undefined) ?? fail();
  const view = recordedEvents(report)
    .map(({ event }) => event)
    .reduce(fold, EMPTY_VIEW);
  expect(view.path.map(({ addresses }) => addresses[0] ?? null)).toEqual(
    report.evidence.hopEchoes?.hops.map(({ address }) => address),
  );
});

function fail(): never {
  throw new Error('the corpus has no such recording');
}
