import { linesOf, rowsOf } from '../../process/parse-lines.ts';
import { canonicalAddress } from '../interfaces/machine-address.ts';
import type { RouteDetail } from './detail.ts';

const PAIR = /^([a-z ]{1,20}): (\S{1,100})$/u;

/**
 * Reads `route -n get` of macOS and FreeBSD (route(8)): pairs, and below them the metrics under their names. A gateway is
 * printed only for a route that has one. null for anything else.
 */
export function parseBsdRouteGet(text: string): RouteDetail | null {
  const pairs = new Map(linesOf(text).flatMap((line) => pairOf(line) ?? []));
  const flags = new Set((pairs.get('flags') ?? '').replace(/^<|>$/gu, '').split(','));
  const name = pairs.get('interface');
  const gateway = pairs.get('gateway');
  if (name === undefined || !flags.has('UP')) return null;
  return {
    local: flags.has('LOCAL'),
    interface: name,
    gateway: gateway === undefined ? null : canonicalAddress(gateway),
    source: null,
    // What the kernel learned about one path stands in a route for that host.
    mtu: flags.has('HOST') ? null : mtuIn(text),
  };
}

function pairOf(line: string): readonly (readonly [string, string])[] | null {
  const found = PAIR.exec(line);
  return found === null ? null : [[found[1] ?? '', found[2] ?? '']];
}

/** Under `recvpipe sendpipe … mtu …`: which columns there are differs between the systems. */
function mtuIn(text: string): number | null {
  const rows = rowsOf(text);
  const names = rows.findIndex(([first]) => first === 'recvpipe');
  const column = rows[names]?.indexOf('mtu') ?? -1;
  const value = names < 0 || column < 0 ? '' : (rows[names + 1]?.[column] ?? '');
  const mtu = /^\d{1,6}$/u.test(value) ? Number(value) : 0;
  return mtu > 0 ? mtu : null;
}

/** The MTU in the first line of `ifconfig NAME` (`en0: flags=8863<UP,…> mtu 1500`); null for anything else. */
export function parseIfconfigMtu(text: string): number | null {
  const mtu = Number(/^\S{1,40}: flags=[^\n]{1,400}\bmtu (\d{1,6})\b/u.exec(text)?.[1] ?? 0);
  return mtu > 0 ? mtu : null;
}
