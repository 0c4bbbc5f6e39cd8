import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fill } from '../../src/finding/fill.ts';
import { PLACEHOLDER_FACTS } from '../../src/finding/placeholder-facts.ts';
import { factsWith } from './sample-facts.ts';

test('facts in braces are filled in, each time they occur', () => {
  expect(fill('{host}:{port} is {host}', factsWith({ host: 'db', port: '5432' }))).toBe('db:5432 is db');
});

test('a fact that is not known shows as its placeholder', () => {
  expect(fill('via {gateway}', factsWith({}))).toBe('via <gateway>');
});

test('an optional part goes when a fact in it is not known, and stays when all are', () => {
  const template = 'refused[[ by {icmp-from}]][[ on {interface}]].';
  expect(fill(template, factsWith({ interface: 'eth0' }))).toBe('refused on eth0.');
  expect(fill(template, factsWith({ interface: 'eth0', 'icmp-from': '192.0.2.1' }))).toBe(
    'refused by 192.0.2.1 on eth0.',
  );
});

test('facts of no run in particular keep the optional parts', () => {
  expect(fill('refused[[ by {icmp-from}]]', PLACEHOLDER_FACTS)).toBe('refused by <icmp-from>');
});

test('braces around something else are left as they are', () => {
  expect(fill('{{.Config}} {a.b} { host } {Host} {}', factsWith({ host: 'db' }))).toBe(
    '{{.Config}} {a.b} { host } {Host} {}',
  );
});

test('a value that looks like a template is not read as one', () => {
  expect(fill('<{host}>', factsWith({ host: '{port}[[x]]$&$1', port: '1' }))).toBe('<{port}[[x]]$&$1>');
});

test('no control character and no turned text gets through from a value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      expect(fill('{host}', factsWith({ host: value }))).not.toMatch(/[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/u);
    }),
  );
  expect(fill('{host}', factsWith({ host: 'a\u001b[31mb\u009b1mc\u202ed\r\n' }))).toBe('a[31mb1mcd');
});

test('a value of nothing but control characters counts as not known', () => {
  expect(fill('{host}', factsWith({ host: '\u0007' }))).toBe('<host>');
});
