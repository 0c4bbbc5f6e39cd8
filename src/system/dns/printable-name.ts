const LONGEST_NAME = 253;

/**
 * A name from the wire as text: every byte that is no visible ASCII character as a backslash and three digits (RFC 1035
 * 5.1, RFC 4343 2.1), so that nothing in it can control a terminal or pass for something else.
 */
export function asPrintableName(name: string): string {
  const escaped = name.replace(/[^!-[\]-~]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `\\${String(byte).padStart(3, '0')}`).join(''),
  );
  return escaped.slice(0, LONGEST_NAME);
}
