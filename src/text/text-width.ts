import { eastAsianWidth } from 'get-east-asian-width';

const ASCII = /^[ -~]*$/u;
/** Letters, digits, signs and spaces that each stand alone: neither marks nor joiners, skin tones, letters that join the one before. */
const ALONE =
  /^(?:(?![\p{Emoji_Modifier}\p{Default_Ignorable_Code_Point}\u0e33\u0eb3\u1100-\u11ff])[\p{L}\p{N}\p{P}\p{S}\p{Zs}])*$/u;
const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\p{Control}\p{Mark}\p{Surrogate}]+$/u;
const EMOJI = /\p{Emoji_Presentation}|\ufe0f/u;

/**
 * Columns that a text takes in a terminal (UAX #11; grapheme clusters as UAX #29). What string-width counts; it is not used
 * as it makes its segmenter on being loaded, which costs more than a whole check takes for its words.
 */
export function textWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  if (ALONE.test(text)) return sum([...text].map(characterWidth));
  segmenter ??= new Intl.Segmenter();
  return sum([...segmenter.segment(text)].map(({ segment }) => clusterWidth(segment)));
}

let segmenter: Intl.Segmenter | undefined;

function clusterWidth(cluster: string): number {
  if (INVISIBLE.test(cluster)) return 0;
  return EMOJI.test(cluster) ? 2 : characterWidth(cluster);
}

function characterWidth(character: string): number {
  return eastAsianWidth(character.codePointAt(0) ?? 0);
}

function sum(widths: readonly number[]): number {
  return widths.reduce((all, width) => all + width, 0);
}
