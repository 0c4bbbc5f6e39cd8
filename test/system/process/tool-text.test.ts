import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readWindowsPing } from '../../../src/system/engine/tools/parse/ping-windows.ts';
import { readTracertLine } from '../../../src/system/engine/tools/parse/tracert.ts';
import { toolText } from '../../../src/system/process/tool-text.ts';

// Made with the code pages 949 and 850 from the words of the recorded shapes, as no such machine was there to print them.
const KOREAN_PING =
  '31302e392e312e31c0c720c0c0b4e43a20b4ebbbf320c8a3bdbac6aebfa120bfacb0e1c7d220bcf620bef8bdc0b4cfb4d92e';
const KOREAN_TRACERT =
  '202032202031302e392e312e312020bab8b0ed3a20b4ebbbf320c8a3bdbac6aebfa120bfacb0e1c7d220bcf620bef8bdc0b4cfb4d92e';
const GERMAN_PING =
  '416e74776f727420766f6e2031302e392e302e313a204469652047816c7469676b6569747364617565722077757264652062656920646572209a62657274726167756e67208162657273636872697474656e2e';

const printed = (hex: string): string => toolText(Buffer.from(hex, 'hex'));

test('what a Korean Windows prints in its code page names the error', () => {
  const error = { kind: 'error', from: '10.9.1.1', icmp: { type: 3, code: 1 } };
  expect(readWindowsPing(printed(KOREAN_PING), 4)).toMatchObject(error);
  expect(readTracertLine(printed(KOREAN_TRACERT), 4)).toMatchObject({ ttl: 2, readings: [error] });
});

test('German is not taken for Korean: its umlauts are lost, and its words are read', () => {
  expect(printed(GERMAN_PING)).toContain('ltigkeitsdauer wurde bei der');
  expect(readWindowsPing(printed(GERMAN_PING), 4)).toMatchObject({ from: '10.9.0.1', icmp: { type: 11, code: 0 } });
});

test('UTF-8 is read as it is, and no bytes make it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(toolText(Buffer.from(text, 'utf8'))).toBe(text);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(typeof toolText(Buffer.from(bytes))).toBe('string');
    }),
  );
});
