import type { ReportTarget } from '../../domain/target.ts';
import { mapTexts } from '../../evidence/report/map-texts.ts';
import type { Report } from '../../evidence/report/report.ts';
import { type Originals, originalsOf } from './originals.ts';
import { sentenceRewriter } from './sentence.ts';
import { type StandIns, standInsFor } from './stand-ins.ts';

/**
 * The report without the addresses and names of the network it was made in: stand-ins take their place, the same one
 * wherever the same thing was meant, within sentences and commands too. What a text can give away its schema says, and one
 * that no schema knows is somebody else's words. The mapping is in no output. Addresses become other valid addresses of
 * their kind, and names other names, so that a replay walks the same way to the same verdict.
 */
export function redact(report: Report): Report {
  return rewritten(report, standInsFor(originalsOf(report)));
}

/** The same for the reports of one run: what is the same in two of them has one stand-in. */
export function redactAll(reports: readonly Report[]): readonly Report[] {
  const found = reports.map(originalsOf);
  const [first] = found;
  if (first === undefined) return [];
  const keys = Object.keys(first) as readonly (keyof Originals)[];
  const all: { -readonly [K in keyof Originals]: Originals[K] } = { ...first };
  for (const key of keys) all[key] = [...new Set(found.flatMap((each) => each[key]))];
  const standIns = standInsFor(all);
  return reports.map((report) => rewritten(report, standIns));
}

function rewritten(report: Report, standIns: StandIns): Report {
  const inSentence = sentenceRewriter(standIns);
  const shown = { ...report, target: { ...report.target, input: plainInput(report.target) } };
  return mapTexts(shown, (text, secret) => {
    switch (secret) {
      case 'none':
        return text;
      case 'sentence':
      case 'target':
        return inSentence(text);
      case 'vantage':
        return isVantage(text) ? inSentence(text) : standIns.of(text, 'text');
      case 'address':
      case 'host':
      case 'interface':
      case 'process':
      case 'file':
      case 'owner':
      case 'flow':
      case 'text':
      case 'path':
      case 'url':
        return standIns.of(text, secret);
    }
  });
}

/** What was typed, from what was understood of it: nobody needs to see a user, a password, a path or a query. */
function plainInput({ input, scheme, host, port }: ReportTarget): string {
  const plain = `${host.includes(':') && port !== null ? `[${host}]` : host}${port === null ? '' : `:${port}`}`;
  return scheme === 'tcp' && !input.includes('://') ? plain : `${scheme}://${plain}`;
}

function isVantage(text: string): boolean {
  return text === 'local' || text === 'pasted' || /^[a-z]+:\/\//.test(text);
}
