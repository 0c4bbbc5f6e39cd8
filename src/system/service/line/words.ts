const LONGEST = 80;
/** Fewer are as likely noise. */
const FEWEST = 3;

/** What a peer said that was not expected, as far as it is words: its first line in printable ASCII; null for noise. */
export function firstLine(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes).toString('latin1');
  const line = text.split(/[\r\n]/u).find((each) => each.trim() !== '') ?? '';
  const words = line
    .replace(/[^\x20-\x7e]/gu, '')
    .trim()
    .slice(0, LONGEST);
  return words.length < FEWEST ? null : words;
}

/** Whether the bytes begin as a record of TLS does (RFC 8446 5.1). */
export function beginsAsTls(bytes: Uint8Array): boolean {
  const [type = 0, major = 3] = bytes;
  return type >= 20 && type <= 24 && major === 3;
}
