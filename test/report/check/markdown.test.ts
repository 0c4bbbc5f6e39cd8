import { expect, test } from 'vitest';
import type { Report } from '../../../src/evidence/report/report.ts';
import { toMarkdown } from '../../../src/report/check/markdown.ts';
import { markdownCode, markdownText } from '../../../src/report/markdown-text.ts';
import { BLACKHOLE, HEALTHY, INCONCLUSIVE, LOOPBACK_KO } from '../reports.ts';

test.each([
  ['healthy', HEALTHY, 'en'],
  ['a fault with a trace', BLACKHOLE, 'en'],
  ['inconclusive', INCONCLUSIVE, 'en'],
  ['a fault in Korean', LOOPBACK_KO, 'ko'],
] as const)('%s fits into a ticket', (_, report, lang) => {
  const markdown = toMarkdown(report, lang);
  expect(markdown.split('\n').length).toBeLessThanOrEqual(42);
  expect(markdown).toMatchSnapshot();
});

test.each([
  ['<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert(1)\\>'],
  ['[click](javascript:alert(1))', '`[click](javascript:alert(1))`'],
  ['see https://evil.example/', 'see `https://evil.example/`'],
  ['www.evil.example answers', '`www.evil.example` answers'],
  ['a (www.evil.example) and x-www.evil.example', 'a `(www.evil.example)` and `x-www.evil.example`'],
  ['fixed in GH-12', 'fixed in `GH-12`'],
  ['ask @someone', 'ask `@someone`'],
  ['fixed in #12', 'fixed in `#12`'],
  ['**bold** _em_ `code`', '\\*\\*bold\\*\\* \\_em\\_ \\`code\\`'],
  ['# heading', '\\# heading'],
  ['- item', '\\- item'],
  ['1. item', '1\\. item'],
  ['10.9.3.2 answered', '10.9.3.2 answered'],
  ['a\n\n<b>', 'a \\<b\\>'],
  ['![x](y)', '\\!\\[x\\](y)'],
  ['&lt;', '\\&lt;'],
])('%j is only text in Markdown', (text, expected) => {
  expect(markdownText(text)).toBe(expected);
});

test.each([
  ['plain', '`plain`'],
  ['a`b', '``a`b``'],
  ['``', '``` `` ```'],
  ['`x', '`` `x ``'],
  ['a\nb', '`a b`'],
  ['', ''],
])('%j as code cannot break out of it', (text, expected) => {
  expect(markdownCode(text)).toBe(expected);
});

test('a hostile host name closes no tag and opens no link', () => {
  const host = '</details><script>x</script>[a](http://b)`c`\n# d';
  const hostile: Report = {
    ...BLACKHOLE,
    target: { ...BLACKHOLE.target, input: host, host },
    diagnosis: { ...BLACKHOLE.diagnosis, title: host, summary: host, explanation: host },
    evidence: {},
  };
  const markdown = toMarkdown(hostile, 'en').replace(/(`+)(?!`).*?[^`]\1(?!`)/g, '');
  expect(markdown).not.toMatch(/(?<!\\)<(?!details>|summary>|\/summary>|\/details>)/);
  expect(markdown.match(/<\/details>/g)).toHaveLength(1);
  expect(markdown).not.toContain('](');
  expect(markdown).not.toMatch(/^# /m);
});
