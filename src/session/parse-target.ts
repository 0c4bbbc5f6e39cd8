import ipaddr from 'ipaddr.js';
import type { IpAddress } from '../domain/address.ts';
import { type Scheme, type Target, transportOf } from '../domain/target.ts';

export type ParsedTarget =
  | { readonly kind: 'ok'; readonly target: Target }
  | { readonly kind: 'invalid'; readonly message: string; readonly example: string };

/** Looks up the port of a service name (`postgresql`), null where the name is unknown. */
export type ServicePort = (name: string, protocol: 'tcp' | 'udp') => number | null;

const LONGEST_NAME = 253;
const LONGEST_LABEL = 63;
const LONGEST_SHOWN = 60;
const DEFAULT_PORT = { http: 80, https: 443 } as const;

class Invalid extends Error {
  readonly example: string;
  constructor(message: string, example: string) {
    super(message);
    this.example = example;
  }
}

/** Reads a target as the contract lists them (section 1). Looks nothing up but the service name. */
export function parseTarget(input: string, servicePort: ServicePort): ParsedTarget {
  try {
    return { kind: 'ok', target: parse(input.trim(), servicePort) };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return { kind: 'invalid', message: error.message, example: error.example };
  }
}

function parse(input: string, servicePort: ServicePort): Target {
  if (input === '') throw new Invalid('the target is empty', 'db1.example:5432');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
  if (/[\s\u0000-\u001f\u007f-\u009f]/u.test(input)) {
    throw new Invalid('the target has a space or a control character in it', 'db1.example:5432');
  }
  if (input.startsWith('-')) throw new Invalid(`${shown(input)} begins with a dash`, 'db1.example:5432');
  const [scheme, rest] = splitScheme(input);
  const authority =
    scheme === 'http' || scheme === 'https'
      ? (rest.split(/[/?#]/u)[0] ?? '')
      : scheme
        ? rest.replace(/\/$/u, '')
        : rest;
  if (authority.includes('@')) throw new Invalid('a target has no user name', 'https://www.example/');
  if (authority.includes('/')) throw new Invalid(`${shown(input)} is a path or a network, not a host`, '192.0.2.7');
  const { hostText, portText } = splitPort(authority);
  const transport = transportOf(scheme ?? 'tcp');
  const port = portText === null ? defaultPort(scheme) : parsePort(portText, transport, servicePort);
  if (port === null && (scheme === 'tcp' || scheme === 'udp')) {
    throw new Invalid(`${scheme}:// needs a port`, `${scheme}://${hostText || 'db1.example'}:53`);
  }
  const literal = parseLiteral(hostText);
  return { input, scheme: scheme ?? 'tcp', host: literal ?? parseName(hostText), literal, port };
}

function splitScheme(input: string): readonly [Scheme | null, string] {
  const match = /^([^:/[\]]*):\/\/(.*)$/u.exec(input);
  if (match === null) return [null, input];
  const scheme = (match[1] ?? '').toLowerCase();
  if (scheme !== 'tcp' && scheme !== 'udp' && scheme !== 'http' && scheme !== 'https') {
    throw new Invalid(`${shown(scheme)}:// is not one of tcp, udp, http, https`, 'tcp://db1.example:5432');
  }
  return [scheme, match[2] ?? ''];
}

function splitPort(authority: string): { readonly hostText: string; readonly portText: string | null } {
  if (authority.startsWith('[')) {
    const match = /^\[([^[\]]*)\](?::(.*))?$/u.exec(authority);
    if (match === null) throw new Invalid(`the brackets in ${shown(authority)} do not match`, '[2001:db8::7]:5432');
    if (!(match[1] ?? '').includes(':')) throw new Invalid('brackets are for IPv6 addresses', '[2001:db8::7]:5432');
    return { hostText: match[1] ?? '', portText: match[2] ?? null };
  }
  const colons = authority.split(':').length - 1;
  if (colons !== 1) return { hostText: authority, portText: null };
  const [hostText = '', portText = ''] = authority.split(':');
  return { hostText, portText };
}

function defaultPort(scheme: Scheme | null): number | null {
  return scheme === 'http' || scheme === 'https' ? DEFAULT_PORT[scheme] : null;
}

function parsePort(text: string, transport: 'tcp' | 'udp', servicePort: ServicePort): number {
  if (/^\d+$/u.test(text)) {
    const port = Number(text);
    if (port >= 1 && port <= 65535) return port;
    throw new Invalid(`port ${shown(text)} is not between 1 and 65535`, 'db1.example:5432');
  }
  if (text === '') throw new Invalid('the port after the colon is missing', 'db1.example:5432');
  const port = /^[a-z0-9][a-z0-9+._-]*$/iu.test(text) ? servicePort(text.toLowerCase(), transport) : null;
  if (port === null)
    throw new Invalid(
      `${shown(text)} is neither a port number nor a known ${transport} service`,
      'db1.example:postgresql',
    );
  return port;
}

/** The canonical address where the text is one, null where it must be a name; throws for what looks like an address and is none. */
function parseLiteral(text: string): IpAddress | null {
  if (/^[\d.]+$/u.test(text)) return parseIpv4(text);
  if (text.includes(':')) return parseIpv6(text);
  return null;
}

function parseIpv4(text: string): IpAddress {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text))
    throw new Invalid(`${shown(text)} is not an IPv4 address`, '192.0.2.7');
  return usable(ipaddr.IPv4.parse(text), text).toString();
}

function parseIpv6(text: string): IpAddress {
  const [bare = '', zone, ...more] = text.split('%');
  if (!ipaddr.IPv6.isValid(bare) || more.length > 0) {
    throw new Invalid(`${shown(text)} is not an IPv6 address`, '2001:db8::7, or [2001:db8::7]:5432 with a port');
  }
  const parsed = ipaddr.IPv6.parse(bare);
  if (parsed.isIPv4MappedAddress()) return usable(parsed.toIPv4Address(), text).toString();
  const isLinkLocal = parsed.range() === 'linkLocal';
  if (zone === undefined) {
    if (isLinkLocal)
      throw new Invalid(`${shown(text)} is link-local and needs its interface`, `${parsed.toRFC5952String()}%eth0`);
    return usable(parsed, text).toRFC5952String();
  }
  if (!isLinkLocal) throw new Invalid('only a link-local address has an interface', 'fe80::1%eth0');
  if (!/^[A-Za-z0-9_.@-]{1,15}$/u.test(zone))
    throw new Invalid(`${shown(zone)} is not an interface name`, 'fe80::1%eth0');
  return `${parsed.toRFC5952String()}%${zone}`;
}

function usable<A extends ipaddr.IPv4 | ipaddr.IPv6>(address: A, text: string): A {
  const range = address.range();
  if (range === 'multicast' || range === 'broadcast' || range === 'unspecified') {
    const article = range === 'unspecified' ? 'an' : 'a';
    throw new Invalid(`${shown(text)} is ${article} ${range} address, not a host`, '192.0.2.7');
  }
  return address;
}

/** A host name as it goes to the resolver: lower case, internationalised labels in ASCII form (RFC 1123 2.1, RFC 5891). */
function parseName(text: string): string {
  if (text === '') throw new Invalid('the host is missing', 'db1.example:5432');
  if (text.length > LONGEST_NAME + 1)
    throw new Invalid(`the name has ${text.length} characters, ${LONGEST_NAME} are the most`, 'db1.example');
  const ascii = toAscii(text);
  const labels = ascii.replace(/\.$/u, '').split('.');
  const longest = labels.find((label) => label.length > LONGEST_LABEL);
  if (longest !== undefined)
    throw new Invalid(`the label ${shown(longest)} is longer than ${LONGEST_LABEL} characters`, 'db1.example');
  if (labels.some((label) => !/^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/u.test(label))) {
    throw new Invalid(`${shown(text)} is not a host name`, 'db1.example');
  }
  // A name whose last label is a number would be read as an IPv4 address elsewhere (WHATWG URL, "ends in a number").
  if (/^(\d+|0x[0-9a-f]*)$/u.test(labels[labels.length - 1] ?? ''))
    throw new Invalid(`${shown(text)} is not an IPv4 address`, '192.0.2.7');
  return ascii;
}

function toAscii(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range is meant
  if (/^[\u0000-\u007f]*$/u.test(text)) return text.toLowerCase();
  try {
    return new URL(`http://${text}/`).hostname;
  } catch {
    throw new Invalid(`${shown(text)} is not a host name`, 'db1.example');
  }
}

function shown(text: string): string {
  return `"${text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text}"`;
}
