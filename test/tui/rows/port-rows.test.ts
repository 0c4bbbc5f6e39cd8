import { expect, test } from 'vitest';
import { recordedEvents } from '../../../src/session/view/recorded-events.ts';
import { EMPTY_VIEW, fold } from '../../../src/session/view/view.ts';
import { engineRows } from '../../../src/tui/rows/engine-rows.ts';
import { rowText } from '../../../src/tui/theme/row.ts';
import { HTTP, NO_TLS, TLS } from '../../analysis/service-evidence.ts';
import { HEALTHY } from '../../report/reports.ts';
import { themeOf } from '../states.ts';

const rowsOf = (evidence: Parameters<typeof recordedEvents>[0]['evidence']) => {
  const events = recordedEvents({ ...HEALTHY, startedAt: TLS.startedAt, evidence }).map(({ event }) => event);
  return engineRows(events.reduce(fold, EMPTY_VIEW), themeOf('en'), 60, 20).map(rowText);
};

test('the service behind a port stands below it, TLS and HTTP once each', () => {
  const { connect } = HEALTHY.evidence;
  const rows = rowsOf({ ...(connect && { connect }), tls: TLS, http: { ...HTTP, status: 503 } });
  const port = rows.findIndex((row) => row.includes('tcp 5432'));
  expect(rows[port]).toMatch(/^Port +tcp 5432 open/u);
  expect(rows.slice(port + 1, port + 3).map((row) => row.trim())).toEqual([
    'tls TLSv1.3 3.0 ms',
    'http HTTP 503 5.0 ms',
  ]);
});

test('a handshake that did not come about says how it ended', () => {
  expect(rowsOf({ tls: { ...NO_TLS, state: 'not-tls', said: 'SSH-2.0' } }).map((row) => row.trim())).toContain(
    'Port    tls not-tls',
  );
});
