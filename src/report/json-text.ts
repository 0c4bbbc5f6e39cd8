/**
 * What JSON leaves as it is and a terminal might obey: DEL, the C1 controls (0x9b is a CSI) and the marks that turn
 * the direction of text or break its line. All of them can only stand inside of strings.
 */
export const TERMINAL_CONTROLS = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/** One JSON document of two-space indent, newline at its end; characters that could control a terminal are escaped. */
export function jsonText(document: unknown): string {
  return escaped(JSON.stringify(document, null, 2));
}

/** The same on one line. */
export function jsonLine(document: unknown): string {
  return escaped(JSON.stringify(document));
}

function escaped(json: string): string {
  return `${json.replace(TERMINAL_CONTROLS, (character) => `\\u${hex(character)}`)}\n`;
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}
