import { Command, Option } from 'commander';
import type { Language } from '../../domain/verdict.ts';
import { toCompareText } from '../../report/compare/text.ts';
import { jsonText } from '../../report/json-text.ts';
import { differencesOf } from '../../session/report/differences.ts';
import { print } from '../common/output.ts';
import { languageOf } from '../options/check-options.ts';
import { readReport } from '../replay/read-report.ts';

type CompareOptions = { readonly json?: true; readonly quiet?: true; readonly lang?: Language };

const AFTER_HELP = `
Example:
  netwhy check db1:5432 --save before.json          then, later:
  netwhy check db1:5432 --save after.json; netwhy compare before.json after.json

Exit codes: 0 nothing that both runs measured has changed, 1 something has, 2 it became worse, 64 usage
`;

/** `netwhy compare A.json B.json` (contract, section 1). Sends nothing. */
export function compareCommand(): Command {
  return new Command('compare')
    .description('what changed between two saved reports: addresses, route, path, port, certificate, times')
    .argument('<before.json>', 'what check --save wrote')
    .argument('<after.json>', 'the same, later or from elsewhere')
    .option('--json', 'one JSON document on stdout')
    .option('--quiet', 'no output, only the exit code')
    .addOption(new Option('--lang <language>', 'default from the locale').choices(['en', 'ko']))
    .addHelpText('after', AFTER_HELP)
    .action(run);
}

async function run(before: string, after: string, options: CompareOptions): Promise<void> {
  const [was, is] = await Promise.all([readReport(before), readReport(after)]);
  const compared = differencesOf(was, is);
  const head = { schema: 'netwhy.comparison/v1', before: was.startedAt, after: is.startedAt };
  if (options.json) await print(jsonText({ ...head, ...compared }));
  else if (!options.quiet) await print(toCompareText(compared, languageOf(options, process.env)));
  process.exitCode = compared.isWorse ? 2 : compared.differences.length > 0 ? 1 : 0;
}
