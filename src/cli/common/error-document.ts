import { EXIT } from './exit-code.ts';
import { VERSION } from './version.ts';

/** Whether the command line asks for JSON: then stdout holds one document, whatever happens (contract, section 2). */
export function isJsonAsked(args: readonly string[]): boolean {
  return args.some(
    (arg, index) => arg === '--json' || arg === '--format=json' || (arg === 'json' && args[index - 1] === '--format'),
  );
}

/** What stands on stdout in place of a result that an internal error prevented. Needs no file that the start has not read: files may be what is short. */
export function errorDocument(error: unknown): string {
  const document = {
    schema: 'netwhy.error/v1',
    version: VERSION,
    exitCode: EXIT.internal,
    error: error instanceof Error ? error.message : String(error),
  };
  const json = JSON.stringify(document, null, 2);
  return `${json.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
