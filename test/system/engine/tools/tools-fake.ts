import type { RunTool, ToolResult } from '../../../../src/system/process/run-tool.ts';
import { fixture } from '../../fixture.ts';

/** What each command prints: the name of a fixture, or of one and the exit code. Whatever is not named is not installed. */
export type Printed = Readonly<Record<string, string | readonly [string, number]>>;

/** A machine whose tools print recorded outputs; `ran` are the commands in order. */
export function printing(commands: Printed): { readonly run: RunTool; readonly ran: string[] } {
  const ran: string[] = [];
  const run: RunTool = async (name, args): Promise<ToolResult> => {
    const command = [name, ...args].join(' ');
    ran.push(command);
    const printed = commands[command];
    if (printed === undefined) return { kind: 'missing' };
    const [from, exitCode] = typeof printed === 'string' ? [printed, 0] : printed;
    const { stdout, stderr } = fixture(from);
    return { kind: 'done', stdout, stderr, exitCode };
  };
  return { run, ran };
}
