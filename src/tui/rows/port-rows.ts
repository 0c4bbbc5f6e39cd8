import type { Listener } from '../../domain/evidence.ts';
import { outcomeText } from '../../evidence/answers/probe-words.ts';
import type { AttemptView, SessionView } from '../../session/view/view.ts';
import { ms } from '../theme/ms.ts';
import type { Row, Span } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';

const MOST_ATTEMPTS = 6;
const MOST_LISTENERS = 4;

/** Connection attempts, the asked port first; it stays when there are too many. */
export function portRows(view: SessionView, theme: Theme): readonly Row[] {
  const isAsked = ({ port }: AttemptView) => port === view.port;
  const asked = view.attempts.filter(isAsked);
  const others = view.attempts.filter((attempt) => !isAsked(attempt));
  return [...asked, ...others].slice(0, MOST_ATTEMPTS).map((attempt) => attemptRow(attempt, view, theme));
}

function attemptRow(attempt: AttemptView, view: SessionView, { glyphs, plain, lang, words }: Theme): Row {
  const { address, port, protocol, state, ms: took } = attempt;
  const answer: Span =
    state === null
      ? { text: glyphs.running, tone: 'dim' }
      : {
          text: state === 'local-error' ? words.localError : outcomeText('connect', state, lang),
          tone: state === 'open' ? 'good' : 'bad',
        };
  return [
    { text: `${protocol} ${port} `, tone: port === view.port ? 'strong' : 'plain' },
    answer,
    { text: took === null ? '' : ` ${ms(took)}` },
    { text: address === view.address ? '' : `  ${plain(address)}`, tone: 'dim' },
  ];
}

/** What the service behind the port said to a client of its kind. */
export function serviceRows({ service }: SessionView, { plain }: Theme): readonly Row[] {
  return service.map(({ protocol, answer, isGood, ms: took }) => [
    { text: `${protocol} ` },
    { text: plain(answer), tone: isGood ? 'good' : 'bad' },
    { text: took === null ? '' : ` ${ms(took)}` },
  ]);
}

/** The sockets of the target: those of the asked port marked, and a few others. */
export function socketRows({ listening, port }: SessionView, theme: Theme, most = MOST_LISTENERS): readonly Row[] {
  if (listening === null || port === null) return [];
  const { words, glyphs, plain } = theme;
  const asked = listening.filter((listener) => listener.port === port);
  const others = listening.filter((listener) => listener.port !== port);
  const marked = asked.slice(0, most).map(
    (listener): Row => [
      { text: `${glyphs.pointer} `, tone: 'accent', spoken: '' },
      { text: plain(socketText(listener, theme)), tone: 'focus' },
    ],
  );
  const none: Row = [{ text: plain(words.noListener(port)), tone: 'bad' }];
  return [
    ...(asked.length === 0 ? [none] : marked),
    ...others
      .slice(0, Math.max(0, most - asked.length))
      .map((listener): Row => [{ text: `  ${plain(socketText(listener, theme))}`, tone: 'dim' }]),
  ];
}

function socketText(
  { protocol, address, port, process, pid, acceptQueue, backlog, ...rest }: Listener,
  { words }: Theme,
) {
  const device = rest.interface == null || address.includes('%') ? '' : `%${rest.interface}`;
  const where = `${protocol} ${address.includes(':') ? `[${address}]` : address}${device}:${port}`;
  const who = process === null ? '' : ` ${process}${pid === null ? '' : ` (${pid})`}`;
  const queue = acceptQueue === null || acceptQueue === 0 ? '' : `, ${words.queue(acceptQueue, backlog)}`;
  return where + who + queue;
}
