import { createContext, useContext } from 'react';
import type { Clock } from '../domain/ports.ts';
import type { Report } from '../domain/report.ts';
import type { Glyphs } from './glyphs.ts';
import type { Plain } from './row.ts';
import type { Words } from './words.ts';

/** What one probe saw, and the command with which a person would see the same. */
export type EvidenceLine = { readonly probe: string; readonly seen: string; readonly equivalent: string };

/** What every view needs to know of the terminal and the language. */
export type Theme = {
  readonly words: Words;
  readonly glyphs: Glyphs;
  readonly ascii: boolean;
  readonly plain: Plain;
  /** The property that colours a text; none where there are no colours. */
  readonly colour: (name: 'green' | 'red' | 'yellow' | 'cyan') => { readonly color?: string };
  readonly screenReader: boolean;
  readonly evidenceOf: (report: Report) => readonly EvidenceLine[];
  readonly clock: Clock;
};

const ThemeContext = createContext<Theme | null>(null);

export const ThemeProvider = ThemeContext.Provider;

export function useTheme(): Theme {
  const theme = useContext(ThemeContext);
  if (theme === null) throw new Error('a view is used outside the theme');
  return theme;
}
