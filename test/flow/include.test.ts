import { expect, test } from 'vitest';
import { loadFlow } from '../../src/flow/load-flow.ts';
import { renderDiagnostic } from '../../src/flow/render-diagnostic.ts';
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
