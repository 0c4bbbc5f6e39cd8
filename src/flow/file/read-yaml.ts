import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, type ParsedNode, Parser, type YAMLParseError } from 'yaml';
import { quoted } from '../quoted.ts';
import type { Problem, Span } from './problem.ts';
import type { Tree, TreeEntry } from './tree.ts';

/** Deeper than this no flow goes; the YAML composer recurses and can end the process on a file that is nothing but brackets. */
const DEEPEST = 64;
const YAML_OPTIONS = {
  version: '1.2',
  schema: 'core',
  merge: false,
  resolveKnownTags: false,
  stringKeys: true,
  // Duplicates are found below, once for each key instead of once for each pair of keys.
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

export type YamlFile = {
  /** null where the text is no YAML, or refers to itself: nothing more can be said of it then. */
  readonly tree: Tree | null;
  readonly problems: readonly Problem[];
};

/** Reads the one YAML 1.2 document of a flow file. Never throws; every problem that can be told is told. */
export function readYaml(text: string): YamlFile {
  const problems: Problem[] = [];
  const tokens = tokensOf(text, problems);
  if (tokens === null) return { tree: null, problems };
  const [document, second] = new Composer(YAML_OPTIONS).compose(tokens, true, text.length);
  if (document === undefined) return { tree: null, problems };
  problems.push(...syntaxProblems(document.errors));
  if (second !== undefined) {
    const start = second.range[0];
    problems.push({
      code: 'yaml-syntax',
      message: 'a file holds one flow, not several',
      span: { start, end: start + 3 },
    });
  }
  const broken = problems.length > 0;
  const tree = treeOf(document.contents, { start: 0, end: 0 }, problems);
  const usable = !broken && !problems.some(({ code }) => code === 'yaml-alias');
  return { tree: usable ? tree : null, problems };
}

function syntaxProblems(errors: readonly YAMLParseError[]): readonly Problem[] {
  // Where the parser has lost its way every further token is unexpected too; only the first of them says anything.
  const firstUnexpected = errors.find(({ code }) => code === 'UNEXPECTED_TOKEN');
  return errors
    .filter((error) => error.code !== 'UNEXPECTED_TOKEN' || error === firstUnexpected)
    .map(({ message, pos: [start, end] }) => ({
      code: 'yaml-syntax',
      message: message.replace(/\.$/u, '') + quotesHint(message),
      span: { start, end },
    }));
}

// The mistake that a text with a fact in braces invites.
function quotesHint(message: string): string {
  return message.startsWith('Unexpected flow-map-start') ? '; a text with a brace in it must be in quotes' : '';
}

function tokensOf(text: string, problems: Problem[]): readonly Token[] | null {
  const parser = new Parser();
  const tokens: Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length <= DEEPEST) continue;
    const span = { start: parser.offset, end: parser.offset + 1 };
    problems.push({ code: 'too-deep', message: `nested deeper than ${DEEPEST} levels`, span });
    return null;
  }
  tokens.push(...parser.end());
  return tokens;
}

type Token = Parameters<Composer['next']>[0];

function treeOf(node: ParsedNode | null, where: Span, problems: Problem[]): Tree {
  if (node === null) return { kind: 'scalar', value: null, span: where };
  const span = spanOf(node) ?? where;
  if (isAlias(node)) {
    problems.push({
      code: 'yaml-alias',
      message: `the alias ${quoted(`*${node.source}`)} is refused: write the value out`,
      span,
    });
    return { kind: 'scalar', value: null, span };
  }
  if (node.anchor !== undefined) {
    const message = `the anchor ${quoted(`&${node.anchor}`)} is refused: a flow may have no aliases`;
    problems.push({ code: 'yaml-alias', message, span });
  }
  if (node.tag !== undefined)
    problems.push({ code: 'yaml-tag', message: `the tag ${quoted(node.tag)} is refused`, span });
  if (isSeq(node)) {
    return { kind: 'list', items: node.items.map((item) => treeOf(item as ParsedNode, span, problems)), span };
  }
  if (isMap(node)) return mapOf(node.items as readonly YamlPair[], span, problems);
  return { kind: 'scalar', value: scalarOf(isScalar(node) ? node.value : null), span };
}

type YamlPair = { readonly key: ParsedNode; readonly value: ParsedNode | null };

function mapOf(pairs: readonly YamlPair[], span: Span, problems: Problem[]): Tree {
  const entries = new Map<string, TreeEntry>();
  for (const { key, value } of pairs) {
    const keySpan = spanOf(key) ?? span;
    const name = isScalar(key) ? String(key.value ?? '') : '';
    treeOf(isScalar(key) ? key : null, keySpan, problems);
    const entry = { key: keySpan, value: treeOf(value, { start: keySpan.start, end: keySpan.end }, problems) };
    if (entries.has(name)) {
      problems.push({ code: 'duplicate-key', message: `${quoted(name)} is here twice`, span: keySpan });
    } else if (name === '__proto__') {
      problems.push({ code: 'bad-name', message: '"__proto__" can be no key', span: keySpan });
    } else entries.set(name, entry);
  }
  return { kind: 'map', entries, span };
}

function spanOf(node: ParsedNode): Span | null {
  return node.range ? { start: node.range[0], end: node.range[1] } : null;
}

function scalarOf(value: unknown): string | number | boolean | null {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    default:
      return null;
  }
}
