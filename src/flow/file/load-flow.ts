import type { Flow } from '../flow.ts';
import { quoted } from '../quoted.ts';
import { buildFlow, type RawNode } from './build-flow.ts';
import { checkAnswers } from './check-answers.ts';
import { checkEdges } from './check-edges.ts';
import { checkFacts } from './check-facts.ts';
import { checkInputs } from './check-inputs.ts';
import { checkTestNames, checkTestWalks } from './check-tests.ts';
import { type Diagnostic, diagnosticsIn, diagnosticsOf } from './diagnostic.ts';
import { type ReadPart, withParts } from './include.ts';
import { LARGEST_FLOW } from './largest-flow.ts';
import { ownConclusions } from './own-conclusions.ts';
import type { Problem } from './problem.ts';
import { readYaml } from './read-yaml.ts';
import { anyProbeNodeSchema, askNodeSchema, frameSchema, probeNodeSchemas } from './schema.ts';
import { type Shaped, shapeOf } from './shape.ts';
import { type WrittenOut, writtenOut } from './short-forms.ts';
import { isProbeName, type Sketch, type SketchNode, sketchOf } from './sketch.ts';
import { type Tree, textOf, treeAt, valueSpan } from './tree.ts';

export type LoadedFlow =
  | { readonly kind: 'ok'; readonly flow: Flow }
  | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] };

export type LoadOptions = {
  /** The name that the flow must have, where it was found by its file's name. */
  readonly name?: string;
  /** `false`: the flow's own tests are not walked (`runFlowTests` does that, and tells more). Default true. */
  readonly walkTests?: boolean;
  /** Whether it is a flow of the user's own, which may be written short and end on codes of its own. */
  readonly isOwn?: boolean;
  /** Reads the parts that the flow includes; without it there are none. */
  readonly readPart?: ReadPart;
};

/**
 * Reads and judges a flow. Everything that is wrong with it is told at once, except that a text which is no YAML is
 * not judged further. Never throws, whatever the text.
 */
export function loadFlow(text: string, file: string, options: LoadOptions = {}): LoadedFlow {
  if (text.length > LARGEST_FLOW) {
    const problem: Problem = {
      code: 'too-large',
      message: 'a flow file has at most 1 MiB',
      span: { start: 0, end: 1 },
    };
    return { kind: 'invalid', diagnostics: diagnosticsOf([problem], text, file) };
  }
  const { tree, problems } = readYaml(text);
  if (tree === null) return { kind: 'invalid', diagnostics: diagnosticsOf(problems, text, file) };
  const {
    root,
    sources,
    problems: ofParts,
  } = withParts(tree, { file, text, base: 0 }, options.readPart ?? (() => null));
  const short = options.isOwn ? writtenOut(root) : { root, definitions: [] };
  const judged = judge(short, sources.map((source) => source.text).join(''), options);
  const all = eachOnce([...problems, ...ofParts, ...judged.problems]);
  if (all.length > 0 || judged.value === null) {
    return { kind: 'invalid', diagnostics: diagnosticsIn(all, sources) };
  }
  return { kind: 'ok', flow: judged.value };
}

/** What stands for both languages, or for several outcomes, is wrong once. */
function eachOnce(problems: readonly Problem[]): readonly Problem[] {
  const keyOf = ({ code, message, span }: Problem) => `${code} ${span.start} ${message}`;
  return [...new Map(problems.map((problem) => [keyOf(problem), problem])).values()];
}

function judge({ root, definitions }: WrittenOut, text: string, options: LoadOptions): Shaped<Flow> {
  const frame = shapeOf(frameSchema, root, []);
  const sketch = sketchOf(root);
  const nodes = shapeNodes(sketch, root);
  const { own, problems: ofOwn } = ownConclusions(definitions, sketch, text);
  const problems = [
    ...frame.problems,
    ...(options.isOwn ? [] : missingReasons(sketch)),
    ...nodes.problems,
    ...ofOwn,
    ...checkName(root, options.name),
    ...checkEdges(sketch, root),
    ...checkAnswers(sketch),
    ...checkInputs(sketch),
    ...checkFacts(sketch, root, text),
    ...checkTestNames(sketch, root),
    ...(options.walkTests === false ? [] : checkTestWalks(sketch, root)),
  ];
  const isWhole = problems.length === 0 && frame.value !== null && nodes.value !== null;
  return { value: isWhole ? buildFlow(frame.value, nodes.value, own) : null, problems };
}

/** What netwhy brings along says of every question why it is asked. */
function missingReasons({ nodes }: Sketch): readonly Problem[] {
  return [...nodes.values()]
    .filter(({ kind, tree }) => kind !== 'neither' && tree.kind === 'map' && !tree.entries.has('why'))
    .map(({ key }) => ({ code: 'missing-key', message: 'the key "why" is missing', span: key }));
}

function shapeNodes(sketch: Sketch, root: Tree): Shaped<ReadonlyMap<string, RawNode>> {
  const problems: Problem[] = [];
  const nodes = new Map<string, RawNode>();
  for (const node of sketch.nodes.values()) {
    const shaped = shapeNode(node, root);
    problems.push(...shaped.problems);
    if (shaped.value !== null) nodes.set(node.id, shaped.value);
  }
  return { value: nodes, problems };
}

function shapeNode(node: SketchNode, root: Tree): Shaped<RawNode> {
  const path = ['nodes', node.id];
  switch (node.kind) {
    case 'ask':
      return shapeOf(askNodeSchema, root, path);
    case 'probe': {
      const probe = textOf(treeAt(node.tree, ['probe']));
      if (probe === null || !isProbeName(probe)) return shapeOf(anyProbeNodeSchema, root, path);
      return shapeOf(probeNodeSchemas[probe], root, path);
    }
    case 'neither': {
      const message = `the node ${quoted(node.id)} needs a question and a probe, or an ask and choices`;
      return { value: null, problems: [{ code: 'missing-key', message, span: node.key }] };
    }
  }
}

function checkName(root: Tree, wanted: string | undefined): readonly Problem[] {
  const name = textOf(treeAt(root, ['flow']));
  if (wanted === undefined || name === null || name === wanted) return [];
  const message = `the flow is named ${quoted(name)} and its file ${quoted(wanted)}`;
  return [{ code: 'name-mismatch', message, span: valueSpan(root, ['flow']) }];
}
