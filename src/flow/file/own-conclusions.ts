import { isFindingCode, type OwnCode } from '../../domain/finding-code.ts';
import type { OwnConclusion } from '../own-conclusion.ts';
import { quoted } from '../quoted.ts';
import { unknownFacts } from './check-facts.ts';
import type { Problem } from './problem.ts';
import { ownConclusionSchema } from './schema.ts';
import { shapeOf } from './shape.ts';
import type { OwnDefinition } from './short-forms.ts';
import type { Sketch } from './sketch.ts';
import { entriesOf, itemsOf, type Tree, textOf, treeAt } from './tree.ts';

export type OwnConclusions = {
  readonly own: Readonly<Record<OwnCode, OwnConclusion>>;
  readonly problems: readonly Problem[];
};

/** Judges the conclusions of a flow's own: each defined once, by a name that no built-in code has, and every one used defined. */
export function ownConclusions(definitions: readonly OwnDefinition[], sketch: Sketch, file: string): OwnConclusions {
  const problems: Problem[] = [];
  const own: Record<OwnCode, OwnConclusion> = {};
  for (const { code, name, tree } of definitions) {
    const shaped = shapeOf(ownConclusionSchema, tree, []);
    problems.push(...shaped.problems, ...textsOf(tree).flatMap((text) => unknownFacts(text, null, file)));
    if (Object.hasOwn(own, code)) problems.push({ code: 'duplicate-key', message: twice(code), span: name });
    if (isFindingCode(code.slice('own.'.length))) problems.push(imitation(code.slice('own.'.length), name));
    if (shaped.value === null) continue;
    const { own: _, ...conclusion } = shaped.value;
    own[code as OwnCode] = { ...conclusion, steps: conclusion.steps ?? [], links: conclusion.links ?? [] };
  }
  const known = definitions.map(({ code }) => code);
  const used = [...sketch.nodes.values()].flatMap(({ edges }) => [...edges.values()]);
  for (const { code, span } of used) {
    if (code === null || !code.startsWith('own.') || known.includes(code)) continue;
    const message = `there is no conclusion ${quoted(code)}: write { conclude: { own: ${code.slice(4)}, verdict: …, title: … } } at one of its edges`;
    problems.push({ code: 'unknown-code', message, span, meant: { word: code, candidates: known } });
  }
  return { own, problems };
}

function twice(code: string): string {
  return `${quoted(code)} is defined twice: elsewhere write { conclude: ${code} }`;
}

function imitation(name: string, span: Problem['span']): Problem {
  const message = `${quoted(name)} is a code of netwhy's own: choose another name, or write { conclude: ${name} }`;
  return { code: 'bad-name', message, span };
}

function textsOf(definition: Tree): readonly Tree[] {
  const steps = itemsOf(treeAt(definition, ['steps']));
  const texts = [treeAt(definition, ['title']), treeAt(definition, ['summary'])];
  return [
    ...[...texts, ...steps.map((step) => treeAt(step, ['title']))].flatMap((text) =>
      [...entriesOf(text).values()].map(({ value }) => value),
    ),
    ...steps.flatMap((step) => treeAt(step, ['command']) ?? []),
  ].filter((tree) => textOf(tree) !== null);
}
