import type { Secret } from '../../evidence/secret.ts';
import { hostStandIns } from './host-stand-ins.ts';
import { isAddress, type Originals, partsOfUrl } from './originals.ts';
import { addressPseudonyms } from './pseudonym.ts';

/** Stands for what should be known and is not. */
const HIDDEN = 'hidden';

/**
 * How an original is found within a sentence: as a word, anywhere, only where a process number follows it, or not at all,
 * as one or two letters are a part of other things.
 */
export type Place = 'word' | 'anywhere' | 'before-pid' | 'nowhere';

export type Known = { readonly original: string; readonly standIn: string; readonly place: Place };

export type StandIns = {
  /** Of a text that is secret as a whole. */
  of(text: string, secret: Secret): string;
  address(address: string): string;
  /** Everything that may be mentioned in a sentence, in lower case. */
  readonly known: readonly Known[];
};

/** A shorter word is one of other things as well. */
const MIN_WORD_LENGTH = 3;
/** A text that long is replaced even where it is a part of a longer word. */
const MIN_ANYWHERE_LENGTH = 6;

/** Gives each original its stand-in: the same one wherever the same thing is meant, by whatever field. */
export function standInsFor(originals: Originals): StandIns {
  const pseudonymOf = addressPseudonyms();
  const byName = new Map<string, Known>();
  const add = (original: string, standIn: string, place: Place) => {
    if (original !== '' && !byName.has(original)) byName.set(original, { original, standIn, place });
  };
  const numbered = (names: readonly string[], word: string, placeOf: (name: string) => Place) => {
    for (const [index, name] of names.entries()) add(name, `${word}-${index + 1}`, placeOf(name));
  };
  const interfaces = new Map(originals.interfaces.map((name, index) => [name, `if-${index + 1}`]));
  const interfaceOf = (name: string): string => {
    if (name === 'lo') return name;
    const standIn = interfaces.get(name.toLowerCase()) ?? `if-${interfaces.size + 1}`;
    interfaces.set(name.toLowerCase(), standIn);
    return standIn;
  };
  const address = (text: string): string => {
    const [bare = '', ...zone] = text.split('%');
    if (!isAddress(bare)) return text;
    return pseudonymOf(bare) + (zone.length === 0 ? '' : `%${interfaceOf(zone.join('%'))}`);
  };

  numbered(originals.users, 'user', () => 'word');
  for (const [host, standIn] of hostStandIns(originals.hosts)) add(host, standIn, 'word');
  for (const [name, standIn] of interfaces) add(name, standIn, /\d/.test(name) ? 'word' : wordOf(name));
  numbered(originals.processes, 'process', (name) => (name.length < MIN_WORD_LENGTH ? 'before-pid' : 'word'));
  numbered(originals.files, 'file', anywhere);
  numbered(distinctValues(originals.owners), 'owner', wordOf);
  for (const owner of originals.owners) add(owner, rewrittenOwner(owner, byName), anywhere(owner));
  numbered(originals.flows, 'flow', anywhere);
  for (const url of originals.urls) add(url, originOf(url, byName, address), 'anywhere');
  for (const path of originals.paths) add(path, '/', 'anywhere');
  numbered(originals.texts, 'text', anywhere);

  const known = [...byName.values()];
  return {
    address,
    known,
    of: (text, secret) => {
      if (text === '' || text === '?') return text;
      if (secret === 'interface') return interfaceOf(text);
      if (secret === 'path' && text === '/') return text;
      if (secret === 'address' || (secret === 'host' && isAddress(text))) return address(text);
      const dot = secret === 'host' && text.endsWith('.') ? '.' : '';
      const name = text.slice(0, text.length - dot.length).toLowerCase();
      if (secret === 'host' && name === 'localhost') return text;
      return (byName.get(name)?.standIn ?? HIDDEN) + dot;
    },
  };
}

function wordOf(text: string): Place {
  return text.length < MIN_WORD_LENGTH ? 'nowhere' : 'word';
}

function anywhere(text: string): Place {
  return text.length < MIN_ANYWHERE_LENGTH ? wordOf(text) : 'anywhere';
}

/** `CN=Payroll, O=Acme` (RFC 4514, or one attribute a line) in its parts, the separators among them. */
function partsOfOwner(owner: string): readonly string[] {
  return owner.split(/((?:^|,\s*|\+|\n)[a-z][a-z0-9.-]*=)/iu);
}

function distinctValues(owners: readonly string[]): readonly string[] {
  const values = owners.flatMap((owner) => partsOfOwner(owner).filter((_, index) => index % 2 === 0));
  return [...new Set(values)].filter((value) => value !== '');
}

function rewrittenOwner(owner: string, byName: ReadonlyMap<string, Known>): string {
  return partsOfOwner(owner)
    .map((part, index) => (index % 2 === 1 || part === '' ? part : (byName.get(part)?.standIn ?? HIDDEN)))
    .join('');
}

/** What is left of a URL: its scheme, the stand-in of its host, and its port. */
function originOf(url: string, byName: ReadonlyMap<string, Known>, address: (text: string) => string): string {
  const { host } = partsOfUrl(url) ?? { host: null };
  if (host === null) return '/';
  const shown = isAddress(host) ? address(host) : (byName.get(host)?.standIn ?? HIDDEN);
  const scheme = /^https?:\/\//i.exec(url)?.[0] ?? 'url://';
  const port = /^[^?#]*?\/\/[^/?#]*(:\d{1,5})(?:[/?#]|$)/.exec(url)?.[1] ?? '';
  return `${scheme}${shown.includes(':') ? `[${shown}]` : shown}${port}/`;
}
