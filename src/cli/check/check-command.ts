import { Command } from 'commander';
import { type Vantage, vantageText } from '../../domain/vantage.ts';
import { compare } from '../../session/live/compare.ts';
import type { SessionEvent } from '../../session/view/session-event.ts';
import { EXIT, exitCodeOf } from '../common/exit-code.ts';
import { interruptSignal } from '../common/interrupt.ts';
import { note } from '../common/output.ts';
import { measureFrom } from '../engine/measure-from.ts';
import { addCheckOptions, type CheckOptions, type ListOptions } from '../options/check-options.ts';
import { formatOf } from '../options/format-of.ts';
import { pastedFile } from './pasted-file.ts';
import { prepare } from './prepare.ts';
import { printReport } from './print-report.ts';
import { showProgress } from './progress.ts';
import { saveReport } from './save-report.ts';
import { explainOn, targetSockets } from './target-sockets.ts';
import { vantagesOf } from './vantages-of.ts';
import { wordReport } from './word.ts';

const AFTER_HELP = `
Examples:
  netwhy check db1.example:5432                     why does the database not answer?
  netwhy check 192.0.2.7 --json | jq .diagnosis     for a runbook
  netwhy check udp://ns1.example:53 -6 --quiet      exit code only, IPv6 only
  netwhy check db1:5432 --on ssh://db1              reads the sockets of db1 as well: is it listening, and where?
  netwhy check db1:5432 --from local --from ssh://app2   what is different from there?
  netwhy check db1:5432 --sockets pasted.txt        the same from what a colleague pasted of ss, netstat or lsof
  netwhy check db1:5432 web1:443 ns1               a line each, then what they have in common
  netwhy check --targets hosts.ini                  the same for a list or an inventory; - reads stdin
  netwhy check db1:5432 --save before.json          netwhy replay before.json walks it again

Exit codes: 0 healthy, 1 degraded, 2 fault, 3 inconclusive, 64 usage, 70 internal error, 130 interrupted
It never prompts, never needs a terminal, and never changes anything on any machine.
`;

type CheckMany = (named: readonly string[], options: ListOptions) => Promise<void>;

/** `many` takes what is more than one target. */
export function checkCommand(many: CheckMany): Command {
  const command = new Command('check')
    .description('one run of a decision tree without questions: is it reachable, and if not, why and where')
    .argument(
      '[target...]',
      'host, host:port, host:service, [v6]:port, tcp://, udp://, http(s)://; - reads a list from stdin',
    )
    .option(
      '--targets <file>',
      'a list of targets: one a line (name=target, # comments), an Ansible inventory or a file_sd of Prometheus; may be repeated',
      (file: string, before: readonly string[]) => [...before, file],
      [],
    )
    .addHelpText('after', AFTER_HELP);
  return addCheckOptions(command).action((named: readonly string[], options: ListOptions) => run(named, options, many));
}

async function run(named: readonly string[], options: ListOptions, many: CheckMany): Promise<void> {
  const [only, ...others] = named;
  if (only !== undefined && only !== '-' && others.length === 0 && options.targets.length === 0) {
    return check(only, options);
  }
  return many(named, options);
}

async function check(target: string, options: CheckOptions): Promise<void> {
  formatOf(options);
  const session = await prepare(target, options);
  const sockets = (await pastedFile(options, session.target)) ?? targetSockets(options);
  const interrupt = interruptSignal();
  if (options.explainCommands) await note(explainOn(options));
  const progress = showProgress(options);
  const unattended = async (id: string) => {
    const node = session.flow.nodes[id];
    return node?.kind === 'ask' ? { choice: node.unattended, sockets: null } : null;
  };
  const [first, ...others] = vantagesOf(options);
  const measure = async (from: Vantage, onEvent: (event: SessionEvent) => void) => {
    const result = await measureFrom(from, session, options, sockets, unattended, interrupt, onEvent);
    return wordReport(session.flow, result, session.lang, vantageText(from));
  };
  const [own, ...reports] = await Promise.all([
    measure(first, progress.onEvent),
    ...others.map((from) => measure(from, () => undefined)),
  ]);
  progress.end();
  const worded = reports.length === 0 ? own : { ...own, comparison: compare(own, reports, session.lang) };
  // Only who asks for it loads what reads schemas.
  const report = options.redact ? (await import('../../report/redact/redact.ts')).redact(worded) : worded;
  const saved = await saveReport(report, options.save);
  const printed = await printReport(report, options, session.lang);
  const code = interrupt.aborted ? EXIT.interrupted : exitCodeOf(report, options.failOn ?? null);
  // getaddrinfo cannot be called off: the process would wait for a dead resolver after everything is said.
  process.exit(saved && printed ? code : EXIT.internal);
}
