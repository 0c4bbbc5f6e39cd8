import { expect, test } from 'vitest';
import { loadFlow } from '../../src/flow/file/load-flow.ts';
import { renderDiagnostic } from '../../src/flow/file/render-diagnostic.ts';
import type { Flow } from '../../src/flow/flow.ts';
import { VALID_FLOW } from './invalid-flows.ts';

// The valid flow of the tests with its last node in a part.
const LINK = VALID_FLOW.slice(VALID_FLOW.indexOf('  link:\n'), VALID_FLOW.indexOf('tests:\n'));
const OWN = VALID_FLOW.replace(LINK, '').replace('nodes:\n', 'include:\n  link: {}\nnodes:\n');
const PART = `part: link\nnodes:\n${LINK}`;

function load(flow: string, parts: Readonly<Record<string, string>> = { link: PART }) {
  return loadFlow(flow, 'own.yaml', {
    readPart: (name) => (parts[name] === undefined ? null : { file: `parts/${name}.yaml`, text: parts[name] }),
  });
}

function told(flow: string, parts?: Readonly<Record<string, string>>): readonly string[] {
  const loaded = load(flow, parts);
  return loaded.kind === 'ok' ? [] : loaded.diagnostics.map(renderDiagnostic);
}

test('a flow with a part is the flow with the nodes written out', () => {
  const loaded = load(OWN);
  const whole = loadFlow(VALID_FLOW, 'valid.yaml');
  if (loaded.kind !== 'ok' || whole.kind !== 'ok') throw new Error(told(OWN).join('\n'));
  expect(loaded.flow).toEqual(whole.flow);
});

test('an edge of the part leads elsewhere where the flow says so', () => {
  const instead = OWN.replace('link: {}', 'link: { instead: { gateway-unreachable: { conclude: no-network } } }');
  const loaded = load(instead.replace('conclude: gateway-unreachable', 'conclude: no-network'));
  if (loaded.kind !== 'ok') throw new Error(told(instead).join('\n'));
  expect(loaded.flow.nodes['link']).toMatchObject({
    on: { 'gateway-failed': { kind: 'conclude', code: 'no-network' } },
  });
});

test('what is wrong in a part is told at its own file, line and column', () => {
  const [diagnostic = ''] = told(OWN, { link: PART.replace('probe: neighbour', 'probe: neighbor') });
  const line = PART.split('\n').findIndex((each) => each.includes('probe: neighbour')) + 1;
  expect(diagnostic).toContain(`parts/link.yaml:${line}:12: there is no probe "neighbor"`);
  expect(diagnostic).toContain('did you mean "neighbour"?');
});

test('what is wrong in the flow and in its parts is told all at once', () => {
  const all = told(OWN.replace('flow: small', 'flow: Small'), { link: PART.replace('part: link', 'part: lnik') });
  expect(all.map((each) => each.split(':')[0])).toEqual(['own.yaml', 'parts/link.yaml']);
});

test.each([
  ['a part that is not there', OWN.replace('link: {}', 'lnik: {}'), undefined, 'own.yaml:5:3: there is no part "lnik"'],
  [
    'a conclusion that the part never comes to',
    OWN.replace('link: {}', 'link: { instead: { no-network: { conclude: no-route } } }'),
    undefined,
    'no edge of the part concludes "no-network"',
  ],
  [
    'a node that both have',
    OWN,
    { link: PART.replace('  link:\n', '  name:\n') },
    'parts/link.yaml:3:3: the node "name" is in the flow, or in another part, as well',
  ],
  ['a part that is no YAML', OWN, { link: 'part: [' }, 'parts/link.yaml:1:'],
  [
    'a part that includes another',
    OWN,
    { link: `include: { other: {} }\n${PART}` },
    'the key "include" is not known here',
  ],
  [
    'a way that comes back through a part',
    OWN,
    { link: PART.replace('{ conclude: gateway-unreachable }', 'name') },
    'this comes back to where it was',
  ],
])('%s is refused', (_, flow, parts, message) => {
  expect(told(flow, parts).join('\n')).toContain(message);
});

test('of a part only the nodes that a way leads to are taken, whatever the others say', () => {
  const loaded = load(OWN, { link: `${PART}  spare:\n    question: nonsense\n    on: { ok: nowhere }\n` });
  expect(loaded.kind === 'ok' && Object.keys(loaded.flow.nodes)).toEqual(
    Object.keys((loadFlow(VALID_FLOW, 'valid.yaml') as { readonly flow: Flow }).flow.nodes),
  );
});

test('an outcome of one node of the part leads elsewhere where the flow says so', () => {
  const own = OWN.replace('link: {}', 'link: { on: { link: { unknown: { conclude: no-network } } } }');
  const loaded = load(own);
  if (loaded.kind !== 'ok') throw new Error(told(own).join('\n'));
  expect(loaded.flow.nodes['link']).toMatchObject({
    on: { unknown: { kind: 'conclude', code: 'no-network' }, 'gateway-failed': { code: 'gateway-unreachable' } },
  });
});

test.each([
  [
    'of a node that the part does not have',
    '{ on: { lnik: { unknown: name } } }',
    'own.yaml:5:17: the part has no node "lnik"',
  ],
  [
    'of an outcome that the probe does not have',
    '{ on: { link: { unknwon: name } } }',
    'own.yaml:5:25: the probe has no outcome "unknwon"',
  ],
  ['to a node that is not there', '{ on: { link: { unknown: nmae } } }', 'own.yaml:5:34: there is no node "nmae"'],
])('an edge %s is told where the flow says it', (_, include, message) => {
  expect(told(OWN.replace('link: {}', `link: ${include}`)).join('\n')).toContain(message);
});

test('a part that no way leads into is refused, and so is an edge for one of its nodes that is not taken', () => {
  const spare = '  spare:\n    question: nonsense\n    on: { ok: nowhere }\n';
  expect(
    told(OWN.replace('link: {}', 'link: {}\n  other: {}'), { link: PART, other: `part: other\nnodes:\n${spare}` }),
  ).toEqual([expect.stringContaining('own.yaml:6:3: no way leads into the part "other"')]);
  expect(told(OWN.replace('link: {}', 'link: { on: { spare: { ok: name } } }'), { link: PART + spare })).toEqual([
    expect.stringContaining('own.yaml:5:17: no way leads to the node "spare"'),
  ]);
});
