import { decode, encode } from 'dns-packet';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DnsQuery, encodeQuery, readReply } from '../../../src/system/dns/message.ts';

const QUERY: DnsQuery = { id: 0x1234, name: 'db.test', type: 'A' };
const RESPONSE = 0x8180;
const TRUNCATED = 0x0200;

type Packet = Parameters<typeof encode>[0];

function reply(overrides: Packet = {}): Buffer {
  return encode({
    type: 'response',
    id: QUERY.id,
    flags: RESPONSE,
    questions: [{ type: 'A', name: 'db.test', class: 'IN' }],
    answers: [{ type: 'A', name: 'db.test', data: '10.0.0.7' }],
    ...overrides,
  });
}

/** An answer without records and with the given four bits of result (RFC 1035 4.1.1). */
function failure(rcode: number, overrides: Packet = {}): Buffer {
  return reply({ answers: [], flags: RESPONSE | rcode, ...overrides });
}

test('a query has these bytes on the wire', () => {
  expect(Buffer.from(encodeQuery(QUERY)).toString('hex')).toBe(
    '123401000001000000000000026462047465737400' + '00010001',
  );
  expect(decode(Buffer.from(encodeQuery({ ...QUERY, type: 'AAAA' }))).questions).toEqual([
    { type: 'AAAA', name: 'db.test', class: 'IN' },
  ]);
});

test('an answer gives its addresses, each once and in order', () => {
  const answers = ['10.0.0.7', '10.0.0.8', '10.0.0.7'].map((data) => ({ type: 'A', name: 'DB.test', data }) as const);
  expect(readReply(reply({ answers }), QUERY)).toEqual({
    kind: 'answer',
    rcode: 'NOERROR',
    addresses: ['10.0.0.7', '10.0.0.8'],
    chain: [],
    extendedErrors: [],
  });
});

test('aliases are followed within the answer, in whatever order and case they come', () => {
  const answers: Packet['answers'] = [
    { type: 'AAAA', name: 'real.test', data: '2001:db8:0:0:0:0:0:7' },
    { type: 'CNAME', name: 'Alias.test', data: 'REAL.test' },
    { type: 'CNAME', name: 'db.test', data: 'alias.TEST' },
    { type: 'AAAA', name: 'stranger.test', data: '2001:db8::bad' },
  ];
  const questions: Packet['questions'] = [{ type: 'AAAA', name: 'DB.test', class: 'IN' }];
  expect(readReply(reply({ questions, answers }), { ...QUERY, type: 'AAAA' })).toMatchObject({
    addresses: ['2001:db8::7'],
    chain: ['alias.TEST', 'REAL.test'],
  });
});

test('a circle of aliases ends without an address', () => {
  const answers: Packet['answers'] = [
    { type: 'CNAME', name: 'db.test', data: 'alias.test' },
    { type: 'CNAME', name: 'alias.test', data: 'db.test' },
  ];
  expect(readReply(reply({ answers }), QUERY)).toMatchObject({
    rcode: 'NOERROR',
    addresses: [],
    chain: ['alias.test', 'db.test'],
  });
});

test.each([
  { rcode: 2, name: 'SERVFAIL' },
  { rcode: 3, name: 'NXDOMAIN' },
  { rcode: 5, name: 'REFUSED' },
])('the result $rcode is $name', ({ rcode, name }) => {
  expect(readReply(failure(rcode), QUERY)).toMatchObject({ kind: 'answer', rcode: name, addresses: [] });
});

test('a query with EDNS has an OPT record', () => {
  const { additionals } = decode(Buffer.from(encodeQuery({ ...QUERY, edns: true })));
  expect(additionals).toMatchObject([{ type: 'OPT', udpPayloadSize: 1232 }]);
});

test('a chain of aliases without an end is cut', () => {
  const names = ['db.test', ...Array.from({ length: 200 }, (_, index) => `alias-${index}.test`)];
  const answers = names.slice(1).map((data, index) => ({ type: 'CNAME', name: names[index] ?? '', data }) as const);
  const told = readReply(reply({ answers }), QUERY);
  expect(told).toMatchObject({ addresses: [] });
  expect(told.kind === 'answer' && told.chain.length).toBeLessThanOrEqual(16);
});

test('a refusal may leave out the question, a denial may not', () => {
  expect(readReply(failure(5, { questions: [] }), QUERY)).toMatchObject({ rcode: 'REFUSED' });
  expect(readReply(failure(3, { questions: [] }), QUERY)).toEqual({ kind: 'foreign' });
});

test('a cut answer is known by its flag, whatever is left of it', () => {
  const cut = reply({ flags: RESPONSE | TRUNCATED });
  expect(readReply(cut, QUERY)).toEqual({ kind: 'truncated' });
  expect(readReply(cut.subarray(0, 20), QUERY)).toEqual({ kind: 'truncated' });
});

test.each([
  { name: 'another identifier', bytes: reply({ id: 0x1235 }) },
  { name: 'another name', bytes: reply({ questions: [{ type: 'A', name: 'evil.test', class: 'IN' }] }) },
  { name: 'another type', bytes: reply({ questions: [{ type: 'AAAA', name: 'db.test', class: 'IN' }] }) },
  { name: 'another class', bytes: reply({ questions: [{ type: 'A', name: 'db.test', class: 'CH' }] }) },
  { name: 'the query itself', bytes: Buffer.from(encodeQuery(QUERY)) },
  { name: 'too few bytes', bytes: Buffer.from([0x12, 0x34]) },
  { name: 'an answer that ends in the middle', bytes: reply().subarray(0, 35) },
])('$name is no answer', ({ bytes }) => {
  expect(readReply(bytes, QUERY)).toEqual({ kind: 'foreign' });
});

test('bytes from a stranger never throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => void readReply(bytes, QUERY)));
});

test('a damaged answer never throws', () => {
  const bytes = reply();
  const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(damage, (changes) => {
      const damaged = Buffer.from(bytes);
      for (const [offset, value] of changes) damaged[offset] = value;
      readReply(damaged, QUERY);
    }),
  );
});
