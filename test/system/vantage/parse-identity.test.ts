import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pingDialect, tracerouteDialect } from '../../../src/system/vantage/parse-identity.ts';
import { fixture, fixtureNames } from '../fixture.ts';

const said = (name: string): string => {
  const { stdout, stderr } = fixture(name);
  return `${stdout}\n${stderr}`;
};

test.each([
  ['iputils-ping', 'iputils'],
  ['iputils-ping-old', 'iputils-legacy'],
  ['busybox-ping', 'busybox'],
  ['inetutils-ping', 'inetutils'],
  ['macos-ping', 'macos'],
  ['freebsd-ping', 'freebsd'],
  ['windows-ping-en', 'windows'],
  ['windows-ping-de', 'windows'],
])('%s is known by what it says to -V', (folder, dialect) => {
  expect(pingDialect(said(`${folder}/version`))).toBe(dialect);
});

test.each([
  ['butskoy', 'version'],
  ['inetutils', 'version'],
  ['busybox', 'usage'],
  ['macos', 'version'],
] as const)('the traceroute of %s is known by what it says to --version', (dialect, name) => {
  expect(tracerouteDialect(said(`traceroute-${dialect}/${name}`))).toBe(dialect);
});

test('a tool that says something else is not known', () => {
  expect([pingDialect(''), pingDialect('ping 1.0'), tracerouteDialect('usage: traceroute host')]).toEqual([
    null,
    null,
    null,
  ]);
});

test('nothing makes it throw', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      pingDialect(`${text} iputils-${text}`);
      tracerouteDialect(text);
    }),
  );
});

test('every recorded output says where it comes from, and there are some of each kind', () => {
  const origins = fixtureNames().map((name) => fixture(name).origin);
  expect(origins.filter(({ kind }) => kind === 'recorded').length).toBeGreaterThan(60);
  expect(origins.filter(({ kind }) => kind === 'documented').length).toBeGreaterThan(30);
});
