import { createContext, useContext } from 'react';
import type { Clock } from '../../domain/ports.ts';
import type { Target } from '../../domain/target.ts';
import type { Language } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';
import type { TraceRow } from '../../evidence/trace-row.ts';
import type { Words } from '../words/words.ts';
import type { Colours } from './colours.ts';
import type { Glyphs } from './glyphs.ts';
import type { Binding } from './key-bindings.ts';
import type { PaintedLine, Plain } from './row.ts';

/** What one probe saw, and the command with which a person would see the same. */
export type EvidenceLine = { readonly probe: string; readonly seen: string; readonly equivalent: string };

/** What a text that is typed as a target comes to. */
export type Judgement =
  | { readonly kind: 'ok'; readonly target: Target }
  | { readonly kind: 'invalid'; readonly problem: string };

/** How reports and paths look everywhere: the functions that the plain text is made with. */
export type Faces = {
  readonly evidenceOf: (report: Report) => readonly EvidenceLine[];
  /** What a person reads first, below the headline; at most so many rows where that can be. */
  readonly underHeadline: (report: Report, columns: number, rows: number) => readonly PaintedLine[];
  /** The path of a report as a table, a column for each protocol that was sent along it; empty where none was. */
  readonly hopsOf: (report: Report, names: Readonly<Record<string, string>>, columns: number) => readonly PaintedLine[];
  /** What is copied of what is to be done first: its command, or the message to whoever has to act; null for nothing. */
  readonly firstStepOf: (report: Report) => string | null;
  /** The hops as a table of at most so many columns, its headers first. */
  readonly hopTable: (
    rows: readonly TraceRow[],
    names: Readonly<Record<string, string>>,
    columns: number,
  ) => readonly PaintedLine[];
};

/** What every view needs to know of the terminal and the language. */
export type Theme = Faces & {
  readonly lang: Language;
  readonly words: Words;
  readonly glyphs: Glyphs;
  readonly ascii: boolean;
  readonly plain: Plain;
  readonly colours: Colours;
  readonly screenReader: boolean;
  readonly bindings: readonly Binding[];
  readonly judge: (target: string) => Judgement;
  /** What is run to look at a vantage, line by line; empty where nothing is, or it is none. */
  readonly commandsAt: (vantage: string) => readonly string[];
  /** The catalogue's platforms that this machine is one of. */
  readonly platforms: readonly string[];
  readonly clock: Clock;
};

const ThemeContext = createContext<Theme | null>(null);

export const ThemeProvider = ThemeContext.Provider;

export function useTheme(): Theme {
  const theme = useContext(ThemeContext);
  if (theme === null) throw new Error('a view is used outside the theme');
  return theme;
}
