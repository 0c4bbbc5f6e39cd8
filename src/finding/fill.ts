import type { FactName, Facts } from '../domain/fact.ts';
import { FACT_NAMES } from '../domain/fact.ts';
import { PARTICLE, particleAfter } from './particle.ts';

const FACT = /\{([a-z][a-z0-9-]*)\}/g;
const FACT_AND_PARTICLE = new RegExp(`\\{([a-z][a-z0-9-]*)\\}(${PARTICLE})?`, 'gu');
const OPTIONAL = /\[\[(.*?)\]\]/gs;

/** Control characters, and the marks that turn the direction of text around: what a terminal must never get from the network. */
const UNPRINTABLE = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** What stands for a fact that is not known. */
export const UNKNOWN = '?';

/** The visible stand-in for a fact that is not known: `<gateway>`. */
export function placeholderOf(name: FactName): string {
  return `<${name}>`;
}

/**
 * Fills facts into a text. A part in `[[…]]` is left out when a fact in it is unknown; elsewhere an unknown fact shows
 * as its placeholder. A Korean particle behind a fact takes the form that fits its value. Values lose their control characters and are never read as templates themselves.
 */
export function fill(template: string, facts: Facts): string {
  return template
    .replace(OPTIONAL, (_, part: string) => (factsIn(part).some((name) => facts[name] === UNKNOWN) ? '' : part))
    .replace(FACT_AND_PARTICLE, (whole, name: string, particle: string | undefined) => {
      if (!isFactName(name)) return whole;
      const value = shownValue(name, facts);
      return particle === undefined ? value : value + particleAfter(value, particle);
    });
}

/** The facts that a template names, in order, each once; names that are no facts are left out. */
export function factsIn(template: string): readonly FactName[] {
  return namesIn(template).filter(isFactName);
}

/** The names in braces that are no facts. */
export function unknownNamesIn(template: string): readonly string[] {
  return namesIn(template).filter((name) => !isFactName(name));
}

/** The value as it may be printed: its control characters removed, its placeholder where it is unknown. */
export function shownValue(name: FactName, facts: Facts): string {
  const value = facts[name].replace(UNPRINTABLE, '');
  return value === UNKNOWN || value === '' ? placeholderOf(name) : value;
}

function namesIn(template: string): readonly string[] {
  return [...new Set([...template.matchAll(FACT)].flatMap(([, name]) => (name === undefined ? [] : [name])))];
}

function isFactName(name: string): name is FactName {
  return (FACT_NAMES as readonly string[]).includes(name);
}
