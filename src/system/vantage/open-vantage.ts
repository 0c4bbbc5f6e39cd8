import { parseVantage } from '../../domain/parse-vantage.ts';
import type { SocketSource } from '../../domain/ports.ts';
import { localSource } from './local-source.ts';
import { describeLook, vantageSockets } from './sockets.ts';

/** `message` says what is wrong with the vantage, `example` what would be right. */
export type OpenedVantage =
  | {
      readonly kind: 'ok';
      readonly source: SocketSource;
      /** The command that is run here, and what the shell of the other side reads from it; null where nothing is. */
      readonly commands: { readonly here: string; readonly there: string } | null;
    }
  | { readonly kind: 'invalid'; readonly message: string; readonly example: string };

/**
 * The sockets of the vantage that a person named. Nothing is started before they are read, which takes `limitMs` at the
 * most and then says what came in between.
 */
export function openVantage(text: string, limitMs: number): OpenedVantage {
  const parsed = parseVantage(text);
  if (parsed.kind === 'invalid') return parsed;
  const { vantage } = parsed;
  if (vantage.kind === 'local') return { kind: 'ok', source: localSource, commands: null };
  return { kind: 'ok', source: vantageSockets(vantage, limitMs), commands: describeLook(vantage, limitMs) };
}
