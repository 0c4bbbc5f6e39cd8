import type { Report } from '../../domain/report.ts';
import type { ReportTarget } from '../../domain/target.ts';
import { type AddressPseudonyms, addressPseudonyms } from './pseudonym.ts';
import { type SensitiveNames, sensitiveNames } from './sensitive-names.ts';

/** Fields that hold sentences, commands or names, in which anything may be mentioned. All other texts are words of a closed list, or addresses. */
const FREE_TEXT: ReadonlySet<string> = new Set([
  'input',
  'host',
  'from',
  'title',
  'summary',
  'explanation',
  'why',
  'because',
  'question',
  'command',
  'check',
  'undo',
  'equivalent',
  'hint',
  'missing',
  'meanings',
  'serverName',
  'names',
  'commonName',
  'subject',
  'issuer',
  'said',
  'server',
  'via',
  'location',
  'trustStore',
]);

const MIN_PROCESS_LENGTH = 3;

/** A run of characters that may be, or hold, an address with its zone. */
const ADDRESS_LIKE = '[0-9A-Fa-f:.]{0,60}[0-9A-Fa-f:](?:%[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*)?';

const IPV4_LIKE = /(?<![0-9.])\d{1,3}(?:\.\d{1,3}){3}(?![0-9])/g;

/**
 * The report without the addresses and names of the network it was made in: stand-ins take their place, the same one
 * wherever the same thing was meant, within sentences and commands too. The mapping is in no output. Addresses become
 * other valid addresses of their kind, so that a replay walks the same way to the same verdict.
 */
export function redact(report: Report): Report {
  const names = sensitiveNames(report);
  const rewrite = withoutPath(report.evidence.http?.path, rewriter(names, addressPseudonyms()));
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      return special(value, key, names) ?? rewrite(key === 'location' ? originOf(value) : value, FREE_TEXT.has(key));
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]));
  };
  return walk({ ...report, target: { ...report.target, input: plainInput(report.target) } }, '') as Report;
}

/** What was typed without what no one needs to see the problem: user, password, path and query of a URL. */
function plainInput({ input, scheme, host, port }: ReportTarget): string {
  const url = /^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#]*@)?([^/?#]*)/i.exec(input);
  const plain = url === null ? input.replace(/^.*@/s, '') : `${url[1]}${url[2]}`;
  // An internationalised name is looked up in another spelling than the typed one.
  if (plain.toLowerCase().includes(host.toLowerCase())) return plain;
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}${port === null ? '' : `:${port}`}`;
}

/** What is replaced as a whole, whatever stands in it; null for everything else. */
function special(value: string, key: string, { places, processes }: SensitiveNames): string | null {
  switch (key) {
    case 'path':
      return '/';
    case 'process':
      return processes.get(value.toLowerCase()) ?? value;
    case 'commonName':
      return places.get(value.toLowerCase()) ?? 'owner';
    default:
      return null;
  }
}

/** Nobody needs to see what was asked for: it may be a word of somebody's. */
function withoutPath(path: string | undefined, rewrite: Rewrite): Rewrite {
  if (path === undefined || path === '/') return rewrite;
  return (text, isFree) => rewrite(isFree ? text.replaceAll(path, '/') : text, isFree);
}

function originOf(location: string): string {
  return /^[a-z]+:\/\/[^/]*/iu.exec(location)?.[0] ?? '/';
}

type Rewrite = (text: string, isFree: boolean) => string;

function rewriter({ places, processes }: SensitiveNames, pseudonymOf: AddressPseudonyms): Rewrite {
  const stand = new Map([...processes, ...places]);
  const longestFirst = [...stand.keys()].toSorted((a, b) => b.length - a.length);
  const words = longestFirst.map((name) =>
    // A very short name of a program is a word of other things as well: it counts where a process number follows it.
    name.length < MIN_PROCESS_LENGTH && !places.has(name) ? `${asWord(name)}(?= \\(pid )` : asWord(name),
  );
  const pattern = new RegExp(`(?<name>${words.join('|') || '(?!)'})|${ADDRESS_LIKE}`, 'giu');
  return (text, isFree) => {
    if (!isFree) return pseudonymOf(text);
    return text.replace(pattern, (found: string, name: string | undefined) =>
      name === undefined ? rewriteAddress(found, pseudonymOf) : (stand.get(name.toLowerCase()) ?? found),
    );
  };
}

/** Only ASCII ends a word: Korean particles follow a name without a space. */
function asWord(name: string): string {
  return `(?<![A-Za-z0-9_-])${name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?![A-Za-z0-9_-])`;
}

/** `found` is a run of hexadecimal digits, colons and dots: an address, several joined, or nothing of the kind. */
function rewriteAddress(found: string, pseudonymOf: AddressPseudonyms): string {
  for (let end = found.length; end > 1; end -= 1) {
    const head = found.slice(0, end);
    if ((head.match(/:/g) ?? []).length < 2) break;
    const pseudonym = pseudonymOf(head);
    if (pseudonym !== head) return pseudonym + found.slice(end);
    if (!/[:.]$/.test(head)) break;
  }
  return found.replace(IPV4_LIKE, pseudonymOf);
}
