import { createContext, useContext } from 'react';
import type { Glyphs } from './glyphs.ts';
import type { Words } from './words.ts';

/** What every view needs to know of the terminal and the language. Colours are undefined where there are none. */
export type Theme = {
  readonly words: Words;
  readonly glyphs: Glyphs;
  readonly colour: (name: 'green' | 'red' | 'yellow' | 'cyan' | 'gray') => { readonly color?: string };
  readonly screenReader: boolean;
};

const ThemeContext = createContext<Theme | null>(null);

export const ThemeProvider = ThemeContext.Provider;

export function useTheme(): Theme {
  const theme = useContext(ThemeContext);
  if (theme === null) throw new Error('a view is used outside the theme');
  return theme;
}
