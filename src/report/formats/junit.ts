import type { Language } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';
import { toBrief } from '../check/brief.ts';
import { xmlText } from './xml.ts';

/**
 * The report as a test result: a target is a test case, a fault or a degradation its failure, and what could not be
 * decided its error. Every attribute and element that one of the schemas in use asks for is there (the one of Apache Ant
 * and that of Jenkins), in the order that they want.
 */
export function toJunit(reports: readonly Report[], lang: Language): string {
  const failures = reports.filter(({ verdict }) => verdict === 'fault' || verdict === 'degraded').length;
  const errors = reports.filter(({ verdict }) => verdict === 'inconclusive').length;
  const times = reports.map(({ startedAt }) => startedAt).toSorted();
  const totals = `tests="${reports.length}" failures="${failures}" errors="${errors}" time="${seconds(reports.reduce((sum, { durationMs }) => sum + durationMs, 0))}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite id="0" package="netwhy" name="netwhy" timestamp="${xmlText((times[0] ?? '').slice(0, 19))}" hostname="localhost" ${totals}>`,
    '    <properties/>',
    ...reports.map((report) => testCase(report, lang)),
    '    <system-out/>',
    '    <system-err/>',
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(report: Report, lang: Language): string {
  const { target, from, flow, diagnosis, verdict, durationMs } = report;
  const name = from === 'local' ? target.input : `${target.input} (${from})`;
  const open = `    <testcase classname="netwhy.${xmlText(flow)}" name="${xmlText(name)}" time="${seconds(durationMs)}"`;
  if (verdict === 'healthy') return `${open}/>`;
  const kind = verdict === 'inconclusive' ? 'error' : 'failure';
  const message = `type="${xmlText(diagnosis.code)}" message="${xmlText(diagnosis.title)}"`;
  return [
    `${open}>`,
    `      <${kind} ${message}>${xmlText(`${diagnosis.summary}\n${toBrief(report, lang, false)}`)}</${kind}>`,
    '    </testcase>',
  ].join('\n');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
