import { FACT_NAMES, type Facts } from '../domain/fact.ts';
import { placeholderOf } from './fill.ts';

/** Facts of no run in particular: each shows as its placeholder, `<host>`, and optional parts of a text are kept. */
export const PLACEHOLDER_FACTS = Object.fromEntries(FACT_NAMES.map((name) => [name, placeholderOf(name)])) as Facts;
