import type { Language } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';
import { toMarkdown } from '../../report/check/markdown.ts';
import { asAscii } from '../../report/symbols.ts';
import type { StartSession } from '../../session/live/session-client.ts';
import { parseTarget } from '../../session/parse-target.ts';
import { pastedTarget } from '../../session/pasted-target.ts';
import { systemClock } from '../../system/clock.ts';
import { detectPlatforms } from '../../system/host/platforms.ts';
import { servicePort } from '../../system/host/services.ts';
import type { Ending } from '../../tui/run-tui.tsx';
import type { FlowChoice } from '../../tui/state/app-state.ts';
import { commandsAt } from '../check/given-sockets.ts';
import { saveAs } from '../check/save-as.ts';
import { eraseFirstFrame } from '../common/first-frame.ts';
import { isUtf8 } from '../common/is-utf8.ts';
import { UserError } from '../common/user-error.ts';
import { facesOf } from './faces.ts';
import type { ScreenOptions } from './options.ts';

/** The level of chalk, which Ink colours with, that has what the theme uses: the sixteen colours of every terminal. */
const COLOURS_16 = '1';
/** What light and dark need. */
const COLOURS_256 = '2';

export type Show = {
  readonly target: string | null;
  readonly flow: string | null;
  readonly flows: readonly FlowChoice[];
  readonly recents: readonly string[];
  readonly note: string | null;
  readonly isReplay: boolean;
  readonly guided: boolean;
  readonly redact: boolean;
  readonly lang: Language;
  readonly start: StartSession;
};

/** A mistake of the user's where there is no terminal to draw on. `instead` is the command that needs none. */
export function requireTerminal(instead: string): void {
  const hasTerminal = process.stdin.isTTY && process.stdout.isTTY;
  if (hasTerminal && process.env['TERM'] !== 'dumb') return;
  if (hasTerminal) {
    throw new UserError('the wizard cannot draw on this terminal: TERM is dumb.', `As text: ${instead}`);
  }
  throw new UserError('the wizard needs a terminal on stdin and stdout.', `Without one: ${instead}`);
}

/** Shows the wizard on this terminal until it is left. */
export async function showWizard(show: Show, options: ScreenOptions): Promise<Ending> {
  const { lang, redact: isRedacted, ...rest } = show;
  // Ink draws nothing live where a CI seems to be; that there is a terminal is known by now.
  // What colours then thinks of a CI too, and finds none: the level is said outright.
  const hasColour = options.color && !process.env['NO_COLOR'];
  const theme = hasColour ? (options.theme ?? '16') : 'none';
  const level = theme === 'none' ? '0' : theme === '16' ? (process.env['FORCE_COLOR'] ?? COLOURS_16) : COLOURS_256;
  Object.assign(process.env, { CI: 'false', CONTINUOUS_INTEGRATION: 'false', FORCE_COLOR: level });
  const { runTui } = await import('../../tui/run-tui.tsx');
  const shown = isRedacted ? (await import('../../report/redact/redact.ts')).redact : (report: Report) => report;
  return runTui({
    ...rest,
    lang,
    vim: options.keys === 'vim',
    theme,
    inAscii: isUtf8(process.env) ? null : asAscii,
    screenReader: options.screenReader === true || process.env['INK_SCREEN_READER'] === 'true',
    platforms: detectPlatforms(),
    clock: systemClock,
    faces: facesOf(lang, !isUtf8(process.env)),
    judge: (text) => {
      const parsed = parseTarget(pastedTarget(text), servicePort);
      if (parsed.kind === 'ok') return parsed;
      return { kind: 'invalid', problem: `${parsed.message} (${parsed.example})` };
    },
    commandsAt,
    beforeDrawing: () => eraseFirstFrame(process.stdout),
    markdownOf: (report) => toMarkdown(shown(report), lang),
    save: (report, file, replace) => saveAs(shown(report), file, replace, lang),
  });
}
