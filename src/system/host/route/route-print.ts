import ipaddr from 'ipaddr.js';
import { rowsOf } from '../../process/parse-lines.ts';
import { canonicalAddress } from '../interfaces/machine-address.ts';
import type { TableRoute } from './table.ts';

const NUMBER = /^\d{1,10}$/u;
const MAC = /^([0-9a-f]{2}(?: [0-9a-f]{2}){5}) \./iu;

/**
 * Reads the routes of `route print -4` by their places, as the words differ with the language: network, mask, gateway (or
 * words for "on the link"), the address of the interface, metric. `interface` is that address. Persistent routes have no
 * interface, and are left out by that.
 */
export function parseRoutePrint4(text: string): readonly TableRoute[] {
  return rowsOf(text).flatMap((row) => {
    const [destination = '', mask = '', via = ''] = row;
    const [source = '', metric = ''] = row.slice(-2);
    const from = canonicalAddress(source);
    const bits = ipaddr.IPv4.isValidFourPartDecimal(mask) ? ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask() : null;
    const isRoute = row.length >= 5 && ipaddr.IPv4.isValidFourPartDecimal(destination) && NUMBER.test(metric);
    if (!isRoute || bits === null || from === null) return [];
    const network = `${destination}/${bits}`;
    const gateway = row.length === 5 ? canonicalAddress(via) : null;
    return [{ network, bits, interface: from, gateway, metric: Number(metric), local: false }];
  });
}

/**
 * The same of `route print -6`: index of the interface, metric, network, gateway; a long network puts the gateway on the
 * next line. `interface` is the index. Persistent routes have the index 0.
 */
export function parseRoutePrint6(text: string): readonly TableRoute[] {
  const rows = rowsOf(text);
  return rows.flatMap((row, index) => {
    const [interfaceIndex = '', metric = '', network = '', beside] = row;
    const [prefix = '', length = ''] = network.split('/');
    const bits = Number(length);
    const isNetwork = ipaddr.IPv6.isValid(prefix) && /^\d{1,3}$/u.test(length) && bits <= 128;
    if (!NUMBER.test(interfaceIndex) || interfaceIndex === '0' || !NUMBER.test(metric) || !isNetwork) return [];
    const gateway = canonicalAddress((beside ?? rows[index + 1]?.[0] ?? '').split('%')[0] ?? '');
    const route = { network: `${prefix}/${bits}`, bits, interface: interfaceIndex, gateway, local: false };
    return [{ ...route, metric: Number(metric) }];
  });
}

/** An adapter of the interface list above the routes: `  6...00 15 5d 00 04 01 ......Name`. `mac` with colons. */
export type ListedInterface = { readonly index: string; readonly mac: string };

export function parseInterfaceList(text: string): readonly ListedInterface[] {
  return rowsOf(text).flatMap((row) => {
    const [, index = '', rest = ''] = /^(\d{1,5})\.{3}(.*)$/u.exec(row.join(' ')) ?? [];
    const mac = MAC.exec(rest)?.[1]?.toLowerCase().replaceAll(' ', ':');
    return mac === undefined ? [] : [{ index, mac }];
  });
}
