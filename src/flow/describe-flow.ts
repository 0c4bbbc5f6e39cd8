import type { Language } from '../domain/verdict.ts';
import { edgesOfNode } from './edges-of.ts';
import type { Edge, Flow, FlowNode } from './flow.ts';

const WORDS = {
  en: {
    start: 'start',
    measures: 'measures',
    asks: 'asks you',
    why: 'why',
    unattended: 'if nobody answers',
    end: 'ends:',
    input: { vantage: 'you name where to look', sockets: 'you paste' },
  },
  ko: {
    start: '시작',
    measures: '측정',
    asks: '사용자에게 질문',
    why: '이유',
    unattended: '답이 없으면',
    end: '결론:',
    input: { vantage: '볼 곳을 입력', sockets: '붙여넣기' },
  },
} as const;

/** A flow as text to read: each question, why it is asked, and where its answers lead. Ends with a line end. */
export function describeFlow(flow: Flow, lang: Language): string {
  const nodes = Object.values(flow.nodes).map((node) => describeNode(node, node.id === flow.start, lang));
  return `${[`${flow.name}: ${flow.title[lang]}`, ...nodes].join('\n\n')}\n`;
}

function describeNode(node: FlowNode, isStart: boolean, lang: Language): string {
  const words = WORDS[lang];
  const source = node.kind === 'probe' ? `${words.measures} ${node.probe}` : words.asks;
  const parameters = node.kind === 'probe' ? Object.entries(node.with).map(([key, value]) => `, ${key} ${value}`) : [];
  return [
    `${node.id} (${isStart ? `${words.start}, ` : ''}${source}${parameters.join('')})`,
    `  ${node.question[lang]}`,
    ...(node.why === undefined ? [] : [`  ${words.why}: ${node.why[lang]}`]),
    ...answersOf(node, lang).map((line) => `    ${line}`),
    ...(node.kind === 'ask' ? [`    (${words.unattended}: ${node.unattended})`] : []),
  ].join('\n');
}

function answersOf(node: FlowNode, lang: Language): readonly string[] {
  if (node.kind === 'ask') {
    return Object.entries(node.choices).map(
      ([id, { label, input, then }]) =>
        `${id}: ${label[lang]}${input === undefined ? '' : ` (${WORDS[lang].input[input]})`} → ${destination(then, lang)}`,
    );
  }
  const outcomes = new Map<string, string[]>();
  for (const { outcome, edge } of edgesOfNode(node)) {
    const to = destination(edge, lang);
    outcomes.set(to, [...(outcomes.get(to) ?? []), outcome]);
  }
  return [...outcomes].map(([to, names]) => `${names.join(', ')} → ${to}`);
}

function destination(edge: Edge, lang: Language): string {
  switch (edge.kind) {
    case 'go':
      return edge.to;
    case 'conclude':
      return `${WORDS[lang].end} ${edge.code}`;
  }
}
