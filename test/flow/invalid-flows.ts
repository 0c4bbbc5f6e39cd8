import { readFileSync } from 'node:fs';

export const VALID_FLOW = readFileSync(new URL('fixtures/valid.yaml', import.meta.url), 'utf8');

type Change = readonly [from: string, to: string];

/** What is wrong with each flow: the changes that spoil the valid one, or the whole text. */
const SPOILT: Readonly<Record<string, readonly Change[] | string>> = {
  'a word': 'reachability\n',
  'an empty file': '',
  'a list': '- a\n- b\n',
  'bad indentation': [['    probe: resolve', '   probe: resolve']],
  'an open quote': [['ko: "{addresses}이(가) 맞습니까?"', 'ko: "{addresses}이(가) 맞습니까? ']],
  'braces in a text without quotes': [['en: A small flow', 'en: A small {flow}']],
  'two documents': `${VALID_FLOW}---\nflow: second\n`,
  'an alias': [
    ['    with: { slowMs', '    with: &slow { slowMs'],
    ['    probe: neighbour', '    probe: neighbour\n    with: *slow'],
  ],
  'a merge key': [['{ slowMs: 150 }', '{ <<: { slowMs: 150 } }']],
  'a tag': [['slowMs: 150', 'slowMs: !!int 150']],
  'an outcome twice': [['      literal: link\n', '      literal: link\n      literal: expected\n']],
  'a node twice': [['  link:\n    question', '  name:\n    question']],
  'a hundred brackets': `flow: ${'{ a: '.repeat(100)}`,
  'keys of a prototype': [
    ['tests:\n', '__proto__: { polluted: 1 }\nconstructor: 1\ntests:\n'],
    ['ok: expected', 'ok: constructor'],
  ],
  'names that are not in kebab-case': [
    ['flow: small', 'flow: Small_Flow'],
    ['  expected:\n', '  Expected Address:\n'],
    ['ok: expected', 'ok: Expected Address'],
  ],
  'misspelt keys': [
    ['start: name', 'strat: name'],
    ['    probe: neighbour', '    probe: neighbour\n    widht: { slowMs: 1 }'],
  ],
  'missing keys': [
    ['    why: { en: Only you know., ko: 사용자만 압니다. }\n', ''],
    ['    unattended: "yes"\n', ''],
  ],
  'an input that nothing reads': [
    ['label: { en: "Yes", ko: 예 }, then', 'label: { en: "Yes", ko: 예 }, input: vantage, then'],
  ],
  'an input of no known kind': [
    ['label: { en: "No", ko: 아니요 }, then', 'label: { en: "No", ko: 아니요 }, input: socket, then'],
  ],
  'a node with nothing in it': [['  link:\n', '  link: {}\n  other:\n']],
  'a missing language': [
    ['{ en: A small flow, ko: 작은 흐름 }', '{ en: A small flow }'],
    ['label: { en: "No", ko: 아니요 }', 'label: { ko: 아니요 }'],
  ],
  'values of another type': [
    ['slowMs: 150', 'slowMs: fast'],
    ['literal: link', 'literal: 5'],
    ['flow: small', 'flow: 7'],
    ['timeout: link', 'timeout:'],
    ['    unattended: "yes"', '    unattended: true'],
    ['[ok, literal]', 'ok'],
  ],
  'thresholds out of range': [['slowMs: 150', 'slowMs: 0, lossPercent: 101']],
  'texts that cannot be shown': [
    ['en: A small flow', 'en: ""'],
    ['en: Only you know.', 'en: "red \\e[31m text"'],
    ['en: Everything needs an address.', `en: ${'long '.repeat(120)}`],
  ],
  'facts that nobody knows': [
    ['Does {host} resolve', 'Does {hots} resolve'],
    ['en: A small flow', 'en: "A small {host}"'],
    ['ko: "{addresses}이(가)', 'ko: "주소 {adresses}이(가)'],
    ['en: Only you know.', 'en: "Only {\\u0070erson} knows."'],
  ],
  'an unknown probe': [['probe: neighbour', 'probe: neighbor']],
  'unknown outcomes': [
    ['not-found: {', 'not-fuond: {'],
    ['no-address] }', 'no-adress] }'],
  ],
  'missing outcomes': [
    [
      '      target-failed: { conclude: neighbour-unreachable }\n      unknown: { conclude: resolver-unreachable }\n',
      '',
    ],
  ],
  'an outcome that is yes and no': [['no: [not-found,', 'no: [literal, not-found,']],
  'unknown nodes': [
    ['ok: expected', 'ok: expcted'],
    ['start: name', 'start: nam'],
  ],
  'an unreachable node': [
    ['ok: expected', 'ok: link'],
    ['outcomes: { name: ok,', 'outcomes: { name: timeout,'],
  ],
  'a cycle': [['answers: { conclude: resolver-unreachable }', 'answers: name']],
  'a cycle of one': [['unknown: { conclude: resolver-unreachable }', 'unknown: link']],
  'unknown codes': [
    ['conclude: name-not-found', 'conclude: name-not-fuond'],
    ['conclude: gateway-unreachable\n  -', 'conclude: gateway-unreachabel\n  -'],
  ],
  'a code that only describes': [['conclude: name-no-address', 'conclude: name-from-hosts-file']],
  'a misspelt conclusion': [['{ conclude: name-no-address }', '{ conclud: name-no-address }']],
  'an unattended choice that is none': [['unattended: "yes"', 'unattended: yess']],
  'a test of another node': [['{ name: timeout, link:', '{ name: timeout, lnik:']],
  'a test of another outcome': [['link: gateway-failed', 'link: gateway-faild']],
  'a test that stops on the way': [['{ name: timeout, link: gateway-failed }', '{ name: timeout }']],
  'a test that records too much': [
    ['{ name: ok, link: answers }', '{ name: ok, expected: "no", link: answers }'],
    ['    conclude: resolver-unreachable\n', '    conclude: reachable\n'],
  ],
  'a test that ends elsewhere': [['    conclude: gateway-unreachable\n', '    conclude: resolver-unreachable\n']],
  'control characters': [
    ['    unattended: "yes"', '    unattended: "\\e[31m"'],
    ['en: Does the next hop answer?', 'en: "Does the \u001b[31mnext\u009b hop answer?"'],
  ],
  'wide characters and tabs': [['ko: 작은 흐름 }', 'ko: 작은 흐름\t,\tkr: 작은 흐름 }']],
  'a long line': [['Only you know., ko', `"${'Only you know. '.repeat(20)}", kr: 사용자만, ko`]],
  'Windows line ends': VALID_FLOW.replace('ok: expected', 'ok: expcted').replaceAll('\n', '\r\n'),
  'everything at once': [
    ['start: name', 'strat: name'],
    ['slowMs: 150', 'slowMs: fast'],
    ['ok: expected', 'ok: expcted'],
    ['answers: { conclude: resolver-unreachable }', 'answers: name'],
    ['probe: neighbour', 'probe: neighbor'],
    ['conclude: name-not-found', 'conclude: name-not-fuond'],
    ['{ name: timeout, link:', '{ name: timeout, lnik:'],
  ],
};

/** Each spoilt flow with its name. A change that finds nothing to change throws, so that none goes stale. */
export const INVALID_FLOWS: readonly (readonly [name: string, text: string])[] = Object.entries(SPOILT).map(
  ([name, changes]) => [name, typeof changes === 'string' ? changes : changes.reduce(applied, VALID_FLOW)],
);

function applied(text: string, [from, to]: Change): string {
  if (!text.includes(from)) throw new Error(`valid.yaml does not hold ${JSON.stringify(from)}`);
  return text.replace(from, () => to);
}
