import type { Language } from '../domain/verdict.ts';
import { edgesOfNode } from './edges-of.ts';
import type { Edge, Flow, FlowNode } from './flow.ts';

/** The flow as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html). Ends with a line end. */
export function toMermaid(flow: Flow, lang: Language): string {
  const graph = graphOf(flow, lang);
  const lines = [
    '---',
    `title: ${JSON.stringify(flow.title[lang])}`,
    '---',
    'flowchart TD',
    ...graph.boxes.map(({ id, kind, lines: words }) => {
      const [open, close] = MERMAID_SHAPE[kind];
      return `  ${id}${open}"${words.map(mermaidText).join('<br/>')}"${close}`;
    }),
    ...graph.arrows.map(({ from, to, label }) => `  ${from} -->|"${mermaidText(label)}"| ${to}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** The flow in the DOT language of Graphviz (https://graphviz.org/doc/info/lang.html). Ends with a line end. */
export function toDot(flow: Flow, lang: Language): string {
  const graph = graphOf(flow, lang);
  const lines = [
    `digraph ${dotText(flow.name)} {`,
    `  label=${dotText(flow.title[lang])}; labelloc=t; rankdir=TB;`,
    ...graph.boxes.map(({ id, kind, lines: words }) => {
      return `  ${id} [shape=${DOT_SHAPE[kind]}, label=${dotText(words.join('\n'))}];`;
    }),
    ...graph.arrows.map(({ from, to, label }) => `  ${from} -> ${to} [label=${dotText(label)}];`),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

type Box = { readonly id: string; readonly kind: 'probe' | 'ask' | 'end'; readonly lines: readonly string[] };
type Arrow = { readonly from: string; readonly to: string; readonly label: string };

const MERMAID_SHAPE = { probe: ['[', ']'], ask: ['{{', '}}'], end: ['([', '])'] } as const;
const DOT_SHAPE = { probe: 'box', ask: 'hexagon', end: 'oval' } as const;

/** Answers with the same destination share one arrow, and each conclusion is one box. */
function graphOf(flow: Flow, lang: Language): { readonly boxes: readonly Box[]; readonly arrows: readonly Arrow[] } {
  const nodes = Object.values(flow.nodes);
  const arrows = nodes.flatMap((node) => arrowsOf(node, lang));
  const codes = new Set(
    nodes.flatMap(edgesOfNode).flatMap(({ edge }) => (edge.kind === 'conclude' ? [edge.code] : [])),
  );
  const ends = [...codes].map((code): Box => ({ id: endId(code), kind: 'end', lines: [code] }));
  return { boxes: [...nodes.map((node) => boxOf(node, lang)), ...ends], arrows };
}

function boxOf(node: FlowNode, lang: Language): Box {
  const below = node.kind === 'probe' ? [node.probe] : [];
  return { id: nodeId(node.id), kind: node.kind, lines: [node.question[lang], ...below] };
}

function arrowsOf(node: FlowNode, lang: Language): readonly Arrow[] {
  const labels = new Map<string, string[]>();
  for (const { outcome, edge } of edgesOfNode(node)) {
    const label = node.kind === 'ask' ? (node.choices[outcome]?.label[lang] ?? outcome) : outcome;
    const to = targetId(edge);
    labels.set(to, [...(labels.get(to) ?? []), label]);
  }
  return [...labels].map(([to, words]) => ({ from: nodeId(node.id), to, label: words.join(', ') }));
}

function targetId(edge: Edge): string {
  switch (edge.kind) {
    case 'go':
      return nodeId(edge.to);
    case 'conclude':
      return endId(edge.code);
  }
}

// With a prefix, no name is a keyword of either language (`end`, `graph`); names never hold an underscore of their own.
function nodeId(id: string): string {
  return `ask_${id.replaceAll('-', '_')}`;
}

function endId(code: string): string {
  return `end_${code.replaceAll('-', '_')}`;
}

/** Mermaid reads markup even inside quotes; its own escape is the number of the character. */
function mermaidText(text: string): string {
  return text.replace(/["#&;<>`\\|*_~[\]{}()]/gu, (character) => `#${character.codePointAt(0)};`);
}

function dotText(text: string): string {
  return `"${text.replace(/["\\]/gu, '\\$&').replaceAll('\n', '\\n')}"`;
}
