import type { Step } from '../../domain/report.ts';
import { outcomeText } from '../../evidence/answers/probe-words.ts';
import type { Branch, PlannedQuestion } from '../../session/view/session-event.ts';
import type { SessionView } from '../../session/view/view.ts';
import { textWidth } from '../../text/text-width.ts';
import { fitRow, paragraph, type Row, type Span } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';
import { stepWord } from './step-words.ts';

/** Deeper forks stand under the last one. */
const MOST_DEPTH = 4;
const SPIN_MS = 200;
/** Of the words of a branch that was not taken. */
const MOST_OUTCOMES = 2;
const LABEL_SHARE = 0.5;

/** Which questions show where their other answers would have led. */
type Shown = 'all' | 'forks' | 'last' | 'none';

/**
 * The decision tree: the way taken, what is being asked, where the other answers would have led, dimmed:
 *
 *   ✓ name           resolves
 *   ✓ host (ping)    answers
 *   ✗ port 5432      no answer
 *   ├─ ◐ where it is lost
 *   │  ├─ · dropped on the way → sockets on the target
 *   │  └─ · goes round in a loop → routing-loop
 *   └─ · open → large packets
 *
 * Where there are more rows than `height` the branches go first, then the oldest questions.
 */
export function treeRows(
  view: SessionView,
  theme: Theme,
  columns: number,
  height: number,
  elapsedMs = 0,
): readonly Row[] {
  if (theme.screenReader) return spokenRows(view, theme, columns);
  const heading: Row = [{ text: theme.plain(theme.words.tree), tone: 'strong' }];
  const withHeading = (rows: readonly Row[]) => (height < 2 ? rows : [heading, ...rows]);
  const all: readonly Shown[] = ['all', 'forks', 'last', 'none'];
  const drawn = all.map((shown) => withHeading(draw(view, theme, columns, shown, elapsedMs)));
  const rows = drawn.find((each) => each.length <= height) ?? drawn[drawn.length - 1] ?? [];
  if (rows.length <= height) return rows;
  return height < 2 ? rows.slice(-Math.max(0, height)) : [heading, ...rows.slice(-(height - 1))];
}

type Drawing = {
  readonly view: SessionView;
  readonly theme: Theme;
  readonly columns: number;
  readonly shown: Shown;
  readonly labelWidth: number;
  readonly byId: ReadonlyMap<string, PlannedQuestion>;
  readonly elapsedMs: number;
};

function draw(view: SessionView, theme: Theme, columns: number, shown: Shown, elapsedMs: number): readonly Row[] {
  const byId = new Map(view.plan.map((question) => [question.id, question]));
  const ids = [...view.steps.map(({ id }) => id), ...(view.current === null ? [] : [view.current.id])];
  const widest = Math.max(0, ...ids.map((id) => textWidth(byId.get(id)?.label ?? '')));
  const labelWidth = Math.min(widest, Math.floor(columns * LABEL_SHARE));
  const drawing: Drawing = { view, theme, columns, shown, labelWidth, byId, elapsedMs };
  if (ids.length === 0) return [[{ text: theme.plain(`${spin(drawing)} ${theme.words.starting}`), tone: 'dim' }]];
  return nodeRows(drawing, 0, '', '', 0);
}

/** The question at a place of the way with all that follows it; `first` leads its own row, `rest` those below. */
function nodeRows(drawing: Drawing, index: number, first: string, rest: string, depth: number): readonly Row[] {
  const { view } = drawing;
  const step = view.steps[index];
  if (step === undefined) return currentRows(drawing, first, rest);
  const own = stepRow(drawing, step, first);
  const others = untaken(drawing, step, index);
  const isEnd = index === view.steps.length - 1 && view.current === null;
  if (isEnd) return [own, ...endRows(drawing, step, rest, others)];
  const isStraight = stepWord(step, view, drawing.theme).lead.tone === 'good' || depth >= MOST_DEPTH;
  if (isStraight) return [own, ...elsewhere(drawing, others, rest), ...nodeRows(drawing, index + 1, rest, rest, depth)];
  const isLast = others.length === 0;
  const { glyphs } = drawing.theme;
  return [
    own,
    ...nodeRows(
      drawing,
      index + 1,
      `${rest}${isLast ? glyphs.lastBranch : glyphs.branch} `,
      `${rest}${isLast ? '  ' : glyphs.rail} `,
      depth + 1,
    ),
    ...closed(drawing, others, rest),
  ];
}

/** Where the other answers of a question that went well lead, in one row. */
function elsewhere({ byId, theme, columns }: Drawing, branches: readonly Branch[], rest: string): readonly Row[] {
  if (branches.length === 0) return [];
  const { glyphs, words, plain, ascii } = theme;
  const ends = branches.map(({ to, code }) => (to === null ? (code ?? '') : (byId.get(to)?.label ?? to)));
  const text = `${rest}${glyphs.branch} ${glyphs.untaken} ${words.otherAnswers} ${glyphs.told} ${[...new Set(ends)].join(', ')}`;
  return [fitRow([{ text: plain(text), tone: 'dim' }], columns, ascii)];
}

/** Branches as the last children of a question. */
function closed(drawing: Drawing, branches: readonly Branch[], rest: string): readonly Row[] {
  const { theme } = drawing;
  return branches.map((branch, index) => {
    const glyph = theme.glyphs[index === branches.length - 1 ? 'lastBranch' : 'branch'];
    return branchRow(drawing, branch, `${rest}${glyph} `);
  });
}

/** The last question: what it led to, lit, and what it could have led to. */
function endRows(drawing: Drawing, step: Step, rest: string, others: readonly Branch[]): readonly Row[] {
  const { view, theme } = drawing;
  const { report } = view;
  const glyph = theme.glyphs[others.length === 0 ? 'lastBranch' : 'branch'];
  const code = report?.diagnosis.code ?? null;
  const verdict: Row[] =
    code === null || step.next !== null
      ? []
      : [
          fitRow(
            [
              { text: `${rest}${glyph} `, tone: 'dim', spoken: '' },
              { text: `${theme.glyphs.told} `, tone: 'accent', spoken: '' },
              { text: theme.plain(code), tone: 'strong' },
            ],
            drawing.columns,
            theme.ascii,
          ),
        ];
  return [...verdict, ...closed(drawing, others, rest)];
}

function currentRows(drawing: Drawing, first: string, rest: string): readonly Row[] {
  const { view, theme, columns, byId, shown } = drawing;
  const { current, asked } = view;
  if (current === null) return [];
  const sign = asked === null ? spin(drawing) : theme.glyphs.unknown;
  const row: Row = [
    { text: first, tone: 'dim', spoken: '' },
    { text: `${sign} `, tone: 'accent', spoken: '' },
    { text: theme.plain(byId.get(current.id)?.label ?? current.question), tone: 'strong' },
  ];
  const branches = shown === 'none' ? [] : (byId.get(current.id)?.branches ?? []);
  return [fitRow(row, columns, theme.ascii), ...closed(drawing, branches, rest)];
}

function spin({ theme, elapsedMs }: Drawing): string {
  const frames = [...theme.glyphs.spinner];
  return frames[Math.floor(elapsedMs / SPIN_MS) % frames.length] ?? theme.glyphs.running;
}

function stepRow(drawing: Drawing, step: Step, first: string): Row {
  const { view, theme, columns, labelWidth, byId } = drawing;
  const { lead, answer } = stepWord(step, view, theme);
  const label = theme.plain(byId.get(step.id)?.label ?? step.question);
  const room = ' '.repeat(Math.max(0, labelWidth - textWidth(label)));
  const row: readonly Span[] = [
    { text: first, tone: 'dim', spoken: '' },
    lead,
    { text: `${label}${room}  ` },
    { text: theme.plain(answer), tone: lead.tone ?? 'plain' },
  ];
  return fitRow(row, columns, theme.ascii);
}

/** Where the other answers of a question would have led. */
function untaken({ view, byId, shown, theme }: Drawing, step: Step, index: number): readonly Branch[] {
  const isLast = index === view.steps.length - 1;
  const isFork = stepWord(step, view, theme).lead.tone !== 'good';
  const isWanted = shown === 'all' || (shown === 'forks' && isFork) || (shown === 'last' && isLast);
  if (!isWanted) return [];
  const branches = byId.get(step.id)?.branches ?? [];
  return branches.filter(({ outcomes }) => !outcomes.includes(step.outcome));
}

function branchRow({ byId, theme, columns, view }: Drawing, { outcomes, to, code }: Branch, lead: string): Row {
  const owner = [...byId.values()].find(({ branches }) => branches.some((branch) => branch.outcomes === outcomes));
  const choices = view.asks.find(({ id }) => id === owner?.id)?.choices ?? [];
  const told = outcomes.slice(0, MOST_OUTCOMES).map((outcome) => {
    const label = choices.find(({ id }) => id === outcome)?.label;
    return label ?? outcomeText(owner?.probe, outcome, theme.lang);
  });
  const more = outcomes.length > MOST_OUTCOMES ? ', …' : '';
  const end = to === null ? (code ?? '') : (byId.get(to)?.label ?? to);
  const text = `${lead}${theme.glyphs.untaken} ${[...new Set(told)].join(' / ')}${more} ${theme.glyphs.told} ${end}`;
  return fitRow([{ text: theme.plain(text), tone: 'dim' }], columns, theme.ascii);
}

/** Questions in full, with their answers: what was asked, and no drawing. */
function spokenRows(view: SessionView, theme: Theme, columns: number): readonly Row[] {
  const { words, plain } = theme;
  const asked = view.steps.flatMap((step) => {
    const { lead, answer } = stepWord(step, view, theme);
    return paragraph(plain(`${step.question} ${answer}`), columns, { lead });
  });
  const now = view.current === null ? [] : paragraph(plain(view.current.question), columns, { tone: 'strong' });
  const none = asked.length + now.length === 0 ? paragraph(plain(words.starting), columns, { tone: 'dim' }) : [];
  return [[{ text: plain(words.tree), tone: 'strong' }], ...asked, ...now, ...none];
}
