import { expect, test } from 'vitest';
import type { Report } from '../../../src/evidence/report/report.ts';
import { toHtml } from '../../../src/report/formats/html.ts';
import { toJunit } from '../../../src/report/formats/junit.ts';
import { toNagios } from '../../../src/report/formats/nagios.ts';
import { toNdjson } from '../../../src/report/formats/ndjson.ts';
import { toPrometheus } from '../../../src/report/formats/prometheus.ts';
import { BLACKHOLE, HEALTHY, INCONCLUSIVE, LOOPBACK_KO } from '../reports.ts';
import { promLines } from './prom-lines.ts';
import { tagsOf } from './tags.ts';

const ALL = [HEALTHY, BLACKHOLE, INCONCLUSIVE];

test('a plugin says one line, with performance data of what was measured', () => {
  expect(toNagios([HEALTHY], false)).toBe(
    'NETWHY OK - db.internal:5432: TCP port 5432 on db.internal accepts connections (port-open, certain) | rta=0.12ms;;;0 pl=0%;;;0;100 connect=0.4ms;;;0 time=0.412s;;;0\n',
  );
});

test('silence has no round trip time, neither for a plugin nor for Prometheus', () => {
  expect(toNagios([BLACKHOLE], false)).toMatch(/^NETWHY CRITICAL - .* \| pl=100%;;;0;100 time=3\.12s;;;0\n$/u);
  expect(toPrometheus([BLACKHOLE])).not.toContain('netwhy_echo_rtt_seconds');
  expect(toPrometheus([BLACKHOLE])).not.toContain('netwhy_connect_seconds');
});

test('of several reports a plugin counts, and names those that are not healthy', () => {
  const lines = toNagios(ALL, false).trimEnd().split('\n');
  expect(lines[0]).toBe(
    'NETWHY CRITICAL - 1 of 3 are healthy | fault=1;;;0;3 degraded=0;;;0;3 inconclusive=1;;;0;3 healthy=1;;;0;3',
  );
  expect(lines.slice(1).map((line) => line.split(' ')[1])).toEqual(['CRITICAL', 'UNKNOWN']);
});

test('JUnit: what an Ant or a Jenkins schema asks for is there, and the verdicts are failures and errors', () => {
  const xml = toJunit(ALL, 'en');
  expect(tagsOf(xml)).toEqual([
    'testsuites',
    'testsuite',
    'properties',
    'testcase',
    'testcase',
    'failure',
    'testcase',
    'error',
    'system-out',
    'system-err',
  ]);
  expect(xml).toContain(
    '<testsuite id="0" package="netwhy" name="netwhy" timestamp="2026-11-22T12:00:00" hostname="localhost" tests="3" failures="1" errors="1" time="18.536">',
  );
  expect(xml).toContain('<failure type="path-blackhole" message="Nothing past 10.9.2.1 answers');
});

test('Prometheus: verdict, code and place as labels, times in seconds', () => {
  expect(toPrometheus([HEALTHY, BLACKHOLE])).toMatchSnapshot();
});

test('a target that was named twice has one series', () => {
  expect(promLines(toPrometheus([BLACKHOLE, { ...BLACKHOLE, durationMs: 1 }]))).toEqual(
    promLines(toPrometheus([{ ...BLACKHOLE, durationMs: 1 }])),
  );
});

test('names that are alike beyond what a label holds have one series', () => {
  const long = (end: string): Report => ({
    ...HEALTHY,
    target: { ...HEALTHY.target, input: `${'a'.repeat(400)}${end}` },
  });
  expect(promLines(toPrometheus([long('x'), long('y')])).length).toBe(promLines(toPrometheus([HEALTHY])).length);
});

test('NDJSON holds each report whole, a line each', () => {
  const lines = toNdjson(ALL).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(ALL);
});

test.each([
  ['a fault with a trace', BLACKHOLE, 'en'],
  ['a fault in Korean', LOOPBACK_KO, 'ko'],
  ['a healthy target', HEALTHY, 'en'],
] as const)('HTML: %s is one page without script that needs nothing else', (_, report, lang) => {
  const html = toHtml([report], lang);
  const names = tagsOf(html);
  expect(names).not.toContain('script');
  expect(html).not.toMatch(/\s(?:src|href|on\w+)=|url\(|@import/iu);
  expect(html).toContain("default-src 'none'");
  expect(html).toContain('prefers-color-scheme:dark');
  expect(html).toContain('&quot;schema&quot;: &quot;netwhy.report/v1&quot;');
  expect(html).toMatchSnapshot();
});

test('HTML: the plot has a dot for each hop that answered, and the place of the fault in its colour', () => {
  const html = toHtml([BLACKHOLE], 'en');
  expect(html.match(/<circle/gu)).toHaveLength(2);
  expect(html.match(/class="at"/gu)).toHaveLength(1);
  expect(tagsOf(toHtml([HEALTHY], 'en'))).not.toContain('svg');
});
