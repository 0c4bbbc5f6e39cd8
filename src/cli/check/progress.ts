import type { SessionEvent } from '../../session/view/session-event.ts';
import type { CheckOptions } from '../options/check-options.ts';
import { formatOf } from '../options/format-of.ts';

/** Nothing is shown of a run that is over before anybody wonders. */
const PATIENCE_MS = 700;
const CLEAR_LINE = '\r\u001b[2K';

/** Shows on a terminal's stderr which question is being asked; nothing anywhere else. */
export function showProgress(options: CheckOptions): {
  readonly onEvent: (event: SessionEvent) => void;
  readonly end: () => void;
} {
  if (!process.stderr.isTTY || options.quiet || formatOf(options) === 'json')
    return { onEvent: () => undefined, end: () => undefined };
  const columns = process.stderr.columns ?? 80;
  let question = '';
  let isShown = false;
  const draw = () => {
    isShown = true;
    process.stderr.write(`${CLEAR_LINE}${[...question].slice(0, columns - 4).join('')} …`);
  };
  const timer = setTimeout(draw, PATIENCE_MS);
  return {
    onEvent: (event) => {
      if (event.kind !== 'node-entered') return;
      question = event.question;
      if (isShown) draw();
    },
    end: () => {
      clearTimeout(timer);
      if (isShown) process.stderr.write(CLEAR_LINE);
    },
  };
}
