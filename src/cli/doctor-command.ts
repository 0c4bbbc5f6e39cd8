import { Command, Option } from 'commander';
import { examine } from '../analysis/doctor/doctor.ts';
import type { Checkup } from '../domain/doctor.ts';
import type { Language } from '../domain/verdict.ts';
import { doctorDocument } from '../report/doctor/json.ts';
import { toDoctorText } from '../report/doctor/text.ts';
import { jsonText } from '../report/json-text.ts';
import { systemClock } from '../system/clock.ts';
import { machineFacts } from '../system/doctor/machine-facts.ts';
import { print } from './common/output.ts';
import { packageFolder } from './common/package-folder.ts';
import { VERSION } from './common/version.ts';
import { textOptions } from './options/engine-options.ts';

type DoctorOptions = {
  readonly json?: true;
  readonly quiet?: true;
  readonly lang?: Language;
  readonly color: boolean;
};

const EXITS: Readonly<Record<Checkup['verdict'], number>> = { full: 0, reduced: 1, nothing: 2 };

const AFTER_HELP = `
Examples:
  netwhy doctor                                     what this machine lets netwhy measure, and what is missing
  netwhy doctor --json | jq -r '.capabilities[].grants[].command'

Exit codes: 0 every engine measures in full, 1 something is reduced, 2 nothing can measure, 64 usage
Each engine is opened and tried on loopback. Nothing leaves this machine and nothing is changed.
`;

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('what this machine allows: engines and tools, what each missing one costs, and how to grant it')
    .option('--json', 'one JSON document on stdout')
    .option('--quiet', 'no output, only the exit code')
    .addOption(new Option('--lang <language>', 'default from the locale').choices(['en', 'ko']))
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .addHelpText('after', AFTER_HELP)
    .action(run);
}

async function run(options: DoctorOptions): Promise<void> {
  const startedAt = systemClock.isoNow();
  const startedMs = systemClock.nowMs();
  const facts = await machineFacts(systemClock, packageFolder());
  const checkup = examine(facts);
  const text = textOptions(options);
  if (options.json) {
    const durationMs = Math.round(systemClock.nowMs() - startedMs);
    const head = { schema: 'netwhy.doctor/v1', version: VERSION, startedAt, durationMs };
    await print(jsonText({ ...head, ...doctorDocument(checkup, facts, text.lang) }));
  } else if (!options.quiet) {
    await print(toDoctorText(checkup, text));
  }
  process.exit(EXITS[checkup.verdict]);
}
