import type { Tone } from './row.ts';

/** The themes: the sixteen colours of the terminal, colours for a light and for a dark background, none. */
export const THEMES = ['16', 'light', 'dark', 'none'] as const;

export type ThemeName = (typeof THEMES)[number];

/** A tone's colour, by a name of the terminal's own or as red, green and blue; null: as the text around it. */
export type Colours = Readonly<Record<Tone, string | null>>;

const PLAIN = { plain: null, strong: null } as const;

/** What the tones are drawn in. Each of light and dark stands out from its background by 4.5 to 1 (WCAG 2.2, 1.4.3). */
export const COLOURS: Readonly<Record<ThemeName, Colours>> = {
  '16': { ...PLAIN, dim: null, good: 'green', bad: 'red', warn: 'yellow', accent: 'cyan', focus: 'cyan' },
  light: {
    ...PLAIN,
    dim: '#5f5f5f',
    good: '#005f00',
    bad: '#af0000',
    warn: '#875f00',
    accent: '#005f87',
    focus: '#005f87',
  },
  dark: {
    ...PLAIN,
    dim: '#a8a8a8',
    good: '#5fd75f',
    bad: '#ff8787',
    warn: '#ffd75f',
    accent: '#5fd7ff',
    focus: '#5fd7ff',
  },
  none: { ...PLAIN, dim: null, good: null, bad: null, warn: null, accent: null, focus: null },
};
