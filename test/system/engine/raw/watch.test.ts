import { expect, test } from 'vitest';
import type { IcmpError } from '../../../../src/domain/icmp-error.ts';
import type { QuoteMatch } from '../../../../src/domain/prober.ts';
import { PROTOCOL } from '../../../lab/kit/frames.ts';
import { type Bench, deliverIcmp, errorMessage, openBench, quoteOf, ROUTER, TARGET } from './fake.ts';

/** The first 8 bytes of a TCP or UDP header, as every error quotes them. */
function ports(source: number, destination: number): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(source, 0);
  header.writeUInt16BE(destination, 2);
  header.writeUInt16BE(8, 4);
  return header;
}

function watching(
  bench: Bench,
  more: Partial<QuoteMatch> = {},
): { readonly heard: IcmpError[]; readonly stop: () => void } {
  const heard: IcmpError[] = [];
  const match: QuoteMatch = { protocol: 'tcp', to: TARGET[4], port: 443, sourcePort: () => 40_001, ...more };
  return { heard, stop: bench.prober.watch(match, (error) => void heard.push(error)) };
}

function deliver(bench: Bench, family: 4 | 6, protocol: number, transport: Buffer, to: string = TARGET[family]): void {
  const typeAndCode = family === 4 ? ([3, 13] as const) : ([1, 1] as const);
  const message = errorMessage(family, ROUTER[family], typeAndCode, quoteOf(family, protocol, transport, to));
  deliverIcmp(bench.socket(family), ROUTER[family], message);
}

test.each([
  [4, { kind: 'prohibited', from: ROUTER[4], type: 3, code: 13 }],
  [6, { kind: 'prohibited', from: ROUTER[6], type: 1, code: 1 }],
] as const)('an IPv%i error that quotes the connection is heard', async (family, error) => {
  const bench = await openBench();
  const { heard } = watching(bench, { to: TARGET[family] });
  deliver(bench, family, PROTOCOL.tcp, ports(40_001, 443));
  expect(heard).toEqual([error]);
});

test.each<[string, Partial<QuoteMatch>, number, Buffer, string]>([
  ['another protocol', {}, PROTOCOL.udp, ports(40_001, 443), TARGET[4]],
  ['another port', {}, PROTOCOL.tcp, ports(40_001, 80), TARGET[4]],
  ['another port of ours', {}, PROTOCOL.tcp, ports(40_002, 443), TARGET[4]],
  ['another target', {}, PROTOCOL.tcp, ports(40_001, 443), ROUTER[4]],
  ['too little', {}, PROTOCOL.tcp, ports(40_001, 443).subarray(0, 7), TARGET[4]],
])('an error that quotes %s is not heard', async (_, more, protocol, transport, to) => {
  const bench = await openBench();
  const { heard } = watching(bench, more);
  deliver(bench, 4, protocol, transport, to);
  expect(heard).toEqual([]);
});

test('while our own port is not known yet, any error that quotes the target and port is heard', async () => {
  const bench = await openBench();
  const { heard } = watching(bench, { sourcePort: () => null });
  deliver(bench, 4, PROTOCOL.tcp, ports(40_002, 443));
  expect(heard).toHaveLength(1);
});

test('who stopped watching hears no more, and the others do', async () => {
  const bench = await openBench();
  const [first, second] = [watching(bench), watching(bench)];
  first.stop();
  deliver(bench, 4, PROTOCOL.tcp, ports(40_001, 443));
  expect(first.heard).toEqual([]);
  expect(second.heard).toHaveLength(1);
});
