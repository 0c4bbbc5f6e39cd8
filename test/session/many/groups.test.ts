import { expect, test } from 'vitest';
import type { Report } from '../../../src/evidence/report/report.ts';
import { groupByCause } from '../../../src/session/many/groups.ts';
import { BLACKHOLE, HEALTHY, INCONCLUSIVE } from '../../report/reports.ts';

const at = (input: string, address: string, hop: string | null): Report => ({
  ...BLACKHOLE,
  target: { ...BLACKHOLE.target, input, address },
  diagnosis: { ...BLACKHOLE.diagnosis, where: hop === null ? null : { hop: 2, address: hop } },
});

const told = (reports: readonly Report[]) =>
  groupByCause(reports).map(({ kind, at: place, members }) => [kind, place, members.map(({ input }) => input).join()]);

test('targets that stop at one hop are one group, the largest first, and the healthy ones are in none', () => {
  expect(told([HEALTHY, INCONCLUSIVE, at('a', '10.1.0.1', '10.9.2.1'), at('b', '10.2.0.1', '10.9.2.1')])).toEqual([
    ['hop', '10.9.2.1', 'a,b'],
    ['code', null, INCONCLUSIVE.target.input],
  ]);
});

test('two ports of one address share the address; what shares no place is told by its code', () => {
  expect(told([at('a', '10.1.0.1', null), at('b', '10.1.0.1', null), at('c', '10.3.0.1', '10.9.9.9')])).toEqual([
    ['address', '10.1.0.1', 'a,b'],
    ['code', null, 'c'],
  ]);
});

test('resolvers that are to blame are named', () => {
  const dns = (input: string): Report => ({
    ...BLACKHOLE,
    target: { ...BLACKHOLE.target, input, address: null },
    diagnosis: { ...BLACKHOLE.diagnosis, code: 'resolver-unreachable', owner: 'resolver', where: null },
  });
  expect(told([dns('a'), dns('b')])).toEqual([['resolver', '10.9.0.53', 'a,b']]);
});
