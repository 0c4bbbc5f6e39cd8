import type { Diagnostic } from '../../flow/file/diagnostic.ts';
import { renderDiagnostic } from '../../flow/file/render-diagnostic.ts';
import type { Flow } from '../../flow/flow.ts';
import { UserError } from '../common/user-error.ts';
import { type ReadFlow, readFlow } from './flow-files.ts';

/** The flow of that name; a mistake that the user can fix is thrown as such. */
export async function requireFlow(name: string): Promise<Flow> {
  const read = await readFlow(name);
  switch (read.kind) {
    case 'ok':
      return read.flow;
    case 'not-found':
      throw new UserError(missingMessage(name), missingHint(read));
    case 'invalid':
      throw new UserError(`the flow ${JSON.stringify(name)} is not valid.\n${rendered(read.diagnostics)}`);
  }
}

/** What is wrong with a file that holds no flow, to be printed. */
export function complaintOf(file: string, read: Exclude<ReadFlow, { kind: 'ok' }>): string {
  if (read.kind === 'invalid') return `${rendered(read.diagnostics)}\n\n`;
  return `${missingMessage(file)}\n${missingHint(read) ?? ''}\n`;
}

function rendered(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(renderDiagnostic).join('\n\n');
}

function missingMessage(name: string): string {
  return `there is no flow ${JSON.stringify(name)}.`;
}

function missingHint({ known, nearest }: Extract<ReadFlow, { kind: 'not-found' }>): string | null {
  if (nearest !== null) return `Did you mean ${nearest}?`;
  return known.length === 0 ? null : `Known flows: ${known.join(', ')}`;
}

/** What `--json` says of one file; `diagnostics` is empty exactly where the file is valid. */
export function outcomeOf(file: string, read: ReadFlow) {
  switch (read.kind) {
    case 'ok':
      return { valid: true, flow: read.flow.name, diagnostics: [] };
    case 'invalid':
      return { valid: false, flow: null, diagnostics: read.diagnostics.map(({ excerpt, ...said }) => said) };
    case 'not-found': {
      const message = missingMessage(file);
      const diagnostic = { code: 'not-found', file, line: null, column: null, message, suggestion: read.nearest };
      return { valid: false, flow: null, diagnostics: [diagnostic] };
    }
  }
}
