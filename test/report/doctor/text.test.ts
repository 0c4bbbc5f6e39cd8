import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { examine } from '../../../src/analysis/doctor/doctor.ts';
import { doctorDocument } from '../../../src/report/doctor/json.ts';
import { toDoctorText } from '../../../src/report/doctor/text.ts';
import { engine, machine, ordinaryUser } from '../../analysis/machine-facts.ts';

const MACHINES = {
  whole: machine(),
  'sockets alone': ordinaryUser([engine('sockets')], { tools: {} }),
  'kernel without echo': ordinaryUser([engine('kernel', { lacks: ['echo'] }), engine('sockets')], {
    pingGroups: { first: 1, last: 0, isCovered: false },
  }),
  'addon not built': machine({
    isRoot: false,
    engines: [engine('raw', { package: { state: 'not-built', detail: 'gone' }, trials: [] }), engine('sockets')],
  }),
  Windows: machine({ platform: 'win32', engines: [engine('sockets')] }),
};

const options = { color: false, columns: 80, ascii: false } as const;

test.each(Object.entries(MACHINES))('%s, in English', (_, facts) => {
  expect(toDoctorText(examine(facts), { ...options, lang: 'en' })).toMatchSnapshot();
});

test.each(Object.entries(MACHINES))('%s, in Korean', (_, facts) => {
  expect(toDoctorText(examine(facts), { ...options, lang: 'ko' })).toMatchSnapshot();
});

test.each(['en', 'ko'] as const)('no line is wider than eighty columns (%s)', (lang) => {
  for (const facts of Object.values(MACHINES)) {
    const lines = toDoctorText(examine(facts), { ...options, lang }).split('\n');
    expect(lines.filter((line) => stringWidth(line) > 80)).toEqual([]);
  }
});

test('what a loader or a path says cannot control the terminal', () => {
  const broken = engine('raw', { package: { state: 'broken', detail: 'a\u001b[2J\u202eb' }, trials: [] });
  const facts = machine({ engines: [broken], tools: { ip: '/x\u009b2J' } });
  const text = toDoctorText(examine(facts), { ...options, lang: 'en' });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  expect(text).not.toMatch(/[\u001b\u009b\u202e]/u);
});

test('the JSON carries the verdict, the outcome in words, each capability, and the facts', () => {
  const facts = MACHINES['sockets alone'];
  expect(doctorDocument(examine(facts), facts, 'en')).toMatchObject({
    verdict: 'reduced',
    says: expect.stringContaining('without raw'),
    capabilities: expect.arrayContaining([expect.objectContaining({ id: 'raw', state: 'missing' })]),
    facts: { packageFolder: '/opt/netwhy' },
  });
});
