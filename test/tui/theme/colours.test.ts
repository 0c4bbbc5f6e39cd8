import { expect, test } from 'vitest';
import { COLOURS } from '../../../src/tui/theme/colours.ts';

/** Backgrounds that people have: white, solarized and paper; black, solarized and a common grey. */
const BACKGROUNDS = { light: ['#ffffff', '#fdf6e3', '#eeeeee'], dark: ['#000000', '#002b36', '#282828'] } as const;
/** WCAG 2.2, 1.4.3: for text. */
const LEAST_CONTRAST = 4.5;

/** Relative luminance of a colour in sRGB (WCAG 2.2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

test.each(['light', 'dark'] as const)('every colour of the theme %s stands out from its backgrounds', (theme) => {
  for (const colour of Object.values(COLOURS[theme]))
    if (colour !== null)
      for (const background of BACKGROUNDS[theme])
        expect(contrast(colour, background), `${colour} on ${background}`).toBeGreaterThanOrEqual(LEAST_CONTRAST);
});

test('good and bad are told apart in every theme that has colours', () => {
  for (const theme of ['16', 'light', 'dark'] as const) expect(COLOURS[theme].good).not.toBe(COLOURS[theme].bad);
});
