/** Joins a value and its unit, so that no line breaks between them; printed as an ordinary space. */
const NO_BREAK = '\u00a0';

/** Milliseconds as a person reads them: `0.08 ms`, `12.4 ms`, `812 ms`, `3.12 s`. */
export function formatMs(ms: number): string {
  if (ms >= 1000) return `${Math.round(ms / 10) / 100}${NO_BREAK}s`;
  if (ms >= 100) return `${Math.round(ms)}${NO_BREAK}ms`;
  return `${ms >= 10 ? Math.round(ms * 10) / 10 : Math.round(ms * 100) / 100}${NO_BREAK}ms`;
}

/** The finished text with ordinary spaces, as it is copied. */
export function withPlainSpaces(text: string): string {
  return text.replaceAll(NO_BREAK, ' ');
}
