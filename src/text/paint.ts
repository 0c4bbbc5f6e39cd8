export type Ink = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Select Graphic Rendition (ECMA-48 8.3.117): how each ink begins and ends. */
const SGR: Readonly<Record<Ink, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

export type Paint = (text: string, ...inks: readonly Ink[]) => string;

/** Colours a line, or leaves it as it is. Colour is only ever an addition to what the words say. */
export function painter(color: boolean): Paint {
  if (!color) return (text) => text;
  return (text, ...inks) =>
    inks.reduce((painted, ink) => `\u001b[${SGR[ink][0]}m${painted}\u001b[${SGR[ink][1]}m`, text);
}
