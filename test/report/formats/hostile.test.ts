import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Report } from '../../../src/evidence/report/report.ts';
import { FORMATS } from '../../../src/report/formats/format.ts';
import { printed } from '../../../src/report/formats/print.ts';
import { BLACKHOLE } from '../reports.ts';
import { promLines } from './prom-lines.ts';
import { tagsOf } from './tags.ts';

const FACE = { color: false, columns: 80, lang: 'en', ascii: false, verbose: true } as const;

/** Pieces that mean something in one of the formats, and everything else that a string may hold. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\u001b[31m',
        '\u001b]52;c;eA==\u0007',
        '\u009b2J',
        '\u202e',
        '\n',
        '\r\n',
        '\0',
        '|',
        '"',
        "'",
        '\\',
        '</script>',
        '</style>',
        '<img src=x onerror=alert(1)>',
        ']]>',
        '-->',
        '&lt;',
        '} 1\nevil 1',
        '{{x}}',
        '\ud800',
        '\ufeff',
        '\ufffe',
        'rta=9',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

/** A report in which everybody lied about their names. */
function hostile(text: string): Report {
  return {
    ...BLACKHOLE,
    from: text,
    target: { ...BLACKHOLE.target, input: text, host: text },
    diagnosis: {
      ...BLACKHOLE.diagnosis,
      title: text,
      summary: text,
      explanation: text,
      alternatives: [{ code: 'host-unreachable', why: text }],
      nextSteps: BLACKHOLE.diagnosis.nextSteps.map((step) => ({ ...step, title: text, check: text, command: text })),
      where: { hop: 2, address: text },
    },
    findings: [{ code: 'multipath', severity: 'info', summary: text, where: null }],
    ruledOut: [{ code: 'name-not-found', because: text }],
  };
}

/** What a terminal or a viewer would obey: controls but tab and line ends, and marks that turn the direction of text. */
const isControl = (sign: string): boolean =>
  /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/u.test(sign) && !'\t\n\r'.includes(sign);

const IS_SOUND: Readonly<Record<(typeof FORMATS)[number], (text: string) => void>> = {
  text: () => undefined,
  markdown: () => undefined,
  brief: (text) => expect(text.split('\n')).toHaveLength(4),
  ticket: () => undefined,
  json: (text) => expect(JSON.parse(text)).toBeTypeOf('object'),
  ndjson: (text) => {
    expect(text.split('\n')).toHaveLength(2);
    expect(JSON.parse(text)).toBeTypeOf('object');
  },
  nagios: (text) => {
    expect(text).toMatch(/^NETWHY CRITICAL - [^|\n]* \| (?:[a-z]+=[0-9.]+[a-z%]*;;;0(?:;100)? ?)+\n$/u);
  },
  junit: (text) => {
    const names = tagsOf(text);
    expect(names.filter((name) => name === 'testcase')).toHaveLength(1);
    expect(new Set(names)).toEqual(
      new Set(['testsuites', 'testsuite', 'properties', 'testcase', 'failure', 'system-out', 'system-err']),
    );
  },
  prometheus: (text) => expect(promLines(text).length).toBeGreaterThan(8),
  html: (text) => {
    const names = tagsOf(text);
    for (const name of ['script', 'img', 'iframe', 'link', 'object']) expect(names).not.toContain(name);
    expect(names.filter((name) => name === 'style')).toHaveLength(1);
  },
};

test.each(FORMATS)('%s stays sound whatever the network and the user wrote', (format) => {
  fc.assert(
    fc.property(nasty, (text) => {
      const out = printed(hostile(text), format, FACE);
      expect([...out].filter(isControl)).toEqual([]);
      expect(out).not.toMatch(/\p{Cs}/u);
      IS_SOUND[format](out);
    }),
    { numRuns: 150 },
  );
});
