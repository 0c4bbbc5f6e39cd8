import { Command } from 'commander';
import { redact } from '../report/redact.ts';
import { runSession } from '../session/run-session.ts';
import { addCheckOptions, type CheckOptions } from './check-options.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { openPorts } from './open-ports.ts';
import { note } from './output.ts';
import { prepare } from './prepare.ts';
import { printReport } from './print-report.ts';
import { showProgress } from './progress.ts';
import { saveReport } from './save-report.ts';
import { explainOn, targetSockets } from './target-sockets.ts';
import { UserError } from './user-error.ts';
import { wordReport } from './word.ts';

const AFTER_HELP = `
Examples:
  netwhy check db1.example:5432                     why does the database not answer?
  netwhy check 192.0.2.7 --json | jq .diagnosis     for a runbook
  netwhy check udp://ns1.example:53 -6 --quiet      exit code only, IPv6 only
  netwhy check db1:5432 --on ssh://db1              reads the sockets of db1 as well: is it listening, and where?
  netwhy check db1:5432 --save before.json          netwhy replay before.json walks it again

Exit codes: 0 healthy, 1 degraded, 2 fault, 3 inconclusive, 64 usage, 70 internal error, 130 interrupted
It never prompts, never needs a terminal, and never changes anything on any machine.
`;

export function checkCommand(): Command {
  const command = new Command('check')
    .description('one run of a decision tree without questions: is it reachable, and if not, why and where')
    .argument('<target>', 'host, host:port, host:service, [v6]:port, tcp://, udp://, http(s)://')
    .addHelpText('after', AFTER_HELP);
  return addCheckOptions(command).action(check);
}

async function check(target: string, options: CheckOptions): Promise<void> {
  if (options.json && options.markdown) throw new UserError('--json and --markdown exclude each other.');
  const session = await prepare(target, options);
  const interrupt = new AbortController();
  const onSignal = () => (interrupt.signal.aborted ? process.exit(EXIT.interrupted) : interrupt.abort());
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  if (options.explainCommands) await note(explainOn(options));
  const ports = await openPorts(options.engine, targetSockets(options));
  const progress = showProgress(options);
  const unattended = async (id: string) => {
    const node = session.flow.nodes[id];
    return node?.kind === 'ask' ? node.unattended : null;
  };
  const result = await runSession(session, ports, unattended, interrupt.signal, progress.onEvent);
  ports.prober?.close();
  progress.end();
  const worded = await wordReport(session.flow, result, session.lang);
  const report = options.redact ? redact(worded) : worded;
  const saved = await saveReport(report, options.save);
  await printReport(report, options, session.lang);
  const code = interrupt.signal.aborted ? EXIT.interrupted : exitCodeOf(report, options.failOn ?? null);
  // getaddrinfo cannot be called off: the process would wait for a dead resolver after everything is said.
  process.exit(saved ? code : EXIT.internal);
}
