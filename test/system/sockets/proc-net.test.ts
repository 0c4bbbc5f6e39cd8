import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseProcNetRow } from '../../../src/system/sockets/proc-net.ts';

const TAIL = '00:00000000 00000000     0        0 14768 1 00000000aed64efb 100 0 0 10 0';

function row(local: string, remote: string, state = '0A', queues = '00000000:00000003'): string {
  return `   0: ${local} ${remote} ${state} ${queues} ${TAIL}`;
}

test('reads the columns of a listener', () => {
  expect(parseProcNetRow(row('0100007F:1F90', '00000000:0000'), 'LE')).toEqual({
    family: 4,
    address: '127.0.0.1',
    port: 8080,
    peerAddress: '0.0.0.0',
    peerPort: 0,
    state: '0A',
    sendQueue: 0,
    receiveQueue: 3,
    uid: 0,
    inode: 14768,
    drops: null,
  });
});

test.each([
  ['0202470A:1F40', '10.71.2.2'],
  ['00000000:1F40', '0.0.0.0'],
  ['00000000000000000000000000000000:1F40', '::'],
  ['00000000000000000000000001000000:1F40', '::1'],
  ['020071FD000000000000000002000000:1F40', 'fd71:2::2'],
  ['0000000000000000FFFF00000100007F:1F40', '127.0.0.1'],
])('%s is %s where numbers are little-endian', (local, address) => {
  expect(parseProcNetRow(row(local, '00000000:0000'), 'LE')).toMatchObject({
    address,
    port: 8000,
  });
});

test.each([
  ['7F000001:1F40', '127.0.0.1'],
  ['FD710002000000000000000000000002:1F40', 'fd71:2::2'],
])('%s is %s where numbers are big-endian', (local, address) => {
  expect(parseProcNetRow(row(local, '00000000:0000'), 'BE')).toMatchObject({ address });
});

test('a socket bound to an IPv4-mapped address serves IPv4', () => {
  expect(parseProcNetRow(row('0000000000000000FFFF00000100007F:1F40', '00000000:0000'), 'LE')?.family).toBe(4);
});

test('reads a row of the UDP file, whose slot is wider', () => {
  const line = `13600: 00000000:2328 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 14766 2 000000004885d8e8 0`;
  expect(parseProcNetRow(line, 'LE')).toMatchObject({ port: 9000, state: '07', inode: 14766, drops: 0 });
});

test('the heading is no row', () => {
  const heading = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
  expect(parseProcNetRow(heading, 'LE')).toBeNull();
});

test('a line of any kind never throws', () => {
  fc.assert(fc.property(fc.string(), (line) => void parseProcNetRow(line, 'LE')));
  const hex = fc.stringMatching(/^[0-9A-F]{0,40}$/);
  fc.assert(fc.property(hex, hex, (local, remote) => void parseProcNetRow(row(local, remote), 'LE')));
});
