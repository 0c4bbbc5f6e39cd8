import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeLookup, routeByNetlink } from '../../../../src/system/host/route/kernel-lookup.ts';
import { routeByTool } from '../../../../src/system/host/route/tool.ts';

const DEVICES = [{ index: 1, name: 'lo' }];
const never = new AbortController().signal;

test.each(['127.0.0.1', '127.8.9.10', '::1'])('of %s it tells what `ip route get` tells', async (address) => {
  const told = await routeByTool(address, never);
  expect(await routeByNetlink(address, never)).toEqual(told?.kind === 'route' ? told.detail : null);
});

test('an interface that there is not leads nowhere', async () => {
  expect(await routeByNetlink('fe80::1%nope9', never)).toBeNull();
});

test('without koffi it does not tell', async () => {
  expect(await routeByNetlink('127.0.0.1', never, async () => null)).toBeNull();
});

test('a route that fixes an MTU tells it, and one that was learned does not', () => {
  const fixed = lookup([
    [4, u32(1)],
    [8, attribute(2, u32(1300))],
  ]);
  expect(decodeLookup(fixed, DEVICES)).toEqual({
    local: false,
    interface: 'lo',
    gateway: null,
    source: null,
    mtu: 1300,
  });
  const expires = Buffer.concat([u32(0), u32(0), u32(500)]);
  const learned = lookup([
    [4, u32(1)],
    [8, attribute(2, u32(1300))],
    [12, expires],
  ]);
  expect(decodeLookup(learned, DEVICES)?.mtu).toBeNull();
});

test('never throws, whatever the kernel is said to have sent', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeLookup(Buffer.from(bytes), DEVICES)));
});

/** struct rtmsg of a unicast route with these attributes, in the byte order of the machine. */
function lookup(attributes: readonly (readonly [type: number, payload: Buffer])[]): Buffer {
  const header = Buffer.alloc(12);
  header[0] = 2;
  header[7] = 1;
  return Buffer.concat([header, ...attributes.map(([type, payload]) => attribute(type, payload))]);
}

function attribute(type: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from(Uint16Array.of(4 + payload.length, type).buffer), payload]);
}

function u32(value: number): Buffer {
  return Buffer.from(Uint32Array.of(value).buffer);
}
