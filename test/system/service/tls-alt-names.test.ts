import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAltNames } from '../../../src/system/service/tls-alt-names.ts';

test.each([
  ['DNS:A.example, DNS:*.b.example', { names: ['a.example', '*.b.example'], addresses: [] }],
  ['IP Address:192.0.2.7, IP Address:FD09:0:0:2:0:0:0:1', { names: [], addresses: ['192.0.2.7', 'fd09:0:0:2::1'] }],
  ['URI:https://c.example/, email:d@e.example, DNS:f.example', { names: ['f.example'], addresses: [] }],
  // A name with a comma in it stands in quotes: what is within them is no other name (CVE-2021-44532).
  ['DNS:"evil.example, DNS:good.example"', { names: ['evil.example,?dns:good.example'], addresses: [] }],
  ['DNS:"a\\u0000.example"', { names: ['a?.example'], addresses: [] }],
  ['DNS:"broken', { names: ['"broken'], addresses: [] }],
  ['IP Address:999.1.1.1', { names: [], addresses: [] }],
  ['', { names: [], addresses: [] }],
])('%s', (text, expected) => {
  expect(parseAltNames(text)).toEqual(expected);
});

test('no text makes it throw, and names are printable', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { names } = parseAltNames(`DNS:${text}, DNS:x`);
      for (const name of names) expect(name).toMatch(/^[\x21-\x7e]{1,253}$/u);
    }),
  );
});
