import type { Known, StandIns } from './stand-ins.ts';

/** A run of characters that may be, or hold, an address with its zone. */
const ADDRESS_LIKE = '[0-9A-Fa-f:.]{0,60}[0-9A-Fa-f:](?:%[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*)?';

const IPV4_LIKE = /(?<![0-9.])\d{1,3}(?:\.\d{1,3}){3}(?![0-9])/g;

/** What is dropped from a value before it is filled into a sentence (see fill.ts of the catalogue). */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Rewrites sentences and commands: every known original in them, and whatever looks like an address. */
export function sentenceRewriter(standIns: StandIns): (text: string) => string {
  const { known } = standIns;
  const spelled = new Map(known.flatMap((each) => spellingsOf(each.original).map((spelling) => [spelling, each])));
  const longestFirst = [...spelled].toSorted(([a], [b]) => b.length - a.length);
  const words = longestFirst.map(([spelling, each]) => patternOf(spelling, each)).filter((word) => word !== '');
  const pattern = new RegExp(`(?<name>${words.join('|') || '(?!)'})|${ADDRESS_LIKE}`, 'giu');
  return (text) =>
    text.replace(pattern, (found: string, name: string | undefined) => {
      if (name === undefined) return rewriteAddresses(found, standIns);
      // What matched without regard to case may have another small letter than its own.
      return spelled.get(name.toLowerCase())?.standIn ?? 'hidden';
    });
}

/** As it is, as it is filled into a sentence, and as it is quoted in a command (see fill-command.ts). */
function spellingsOf(original: string): readonly string[] {
  const shown = original.replace(UNPRINTABLE, '');
  const spellings = [original, shown, shown.replaceAll("'", "'\\''"), shown.replace(/[\\"$`]/g, '\\$&')];
  return [...new Set(spellings)].filter((spelling) => spelling !== '');
}

/** Only ASCII ends a word: Korean particles follow a name without a space. */
function patternOf(spelling: string, { place }: Known): string {
  const escaped = spelling.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  switch (place) {
    case 'anywhere':
      return escaped;
    case 'word':
      return `${/^[a-z0-9_-]/i.test(spelling) ? '(?<![A-Za-z0-9_-])' : ''}${escaped}${/[a-z0-9_-]$/i.test(spelling) ? '(?![A-Za-z0-9_-])' : ''}`;
    case 'nowhere':
      return '';
    case 'before-pid':
      return `(?<![A-Za-z0-9_-])${escaped}(?= \\(pid )`;
  }
}

/** `found` is a run of hexadecimal digits, colons and dots: an address, several joined, or nothing of the kind. */
function rewriteAddresses(found: string, { address, of }: StandIns): string {
  for (let end = found.length; end > 1; end -= 1) {
    const head = found.slice(0, end);
    if ((head.match(/:/g) ?? []).length < 2) break;
    const pseudonym = address(head);
    if (pseudonym !== head) return pseudonym + found.slice(end);
    if (!/[:.]$/.test(head)) break;
  }
  const [bare = '', zone] = found.split('%');
  const rewritten = bare.replace(IPV4_LIKE, address);
  if (zone === undefined) return rewritten;
  return rewritten === bare ? found : `${rewritten}%${of(zone, 'interface')}`;
}
