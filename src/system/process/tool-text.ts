/** Words of Korean ping.exe and tracert.exe: what other bytes decode to by chance holds none of them. */
const KOREAN = /응답|요청|대상|추적|오류|패킷/u;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const KOREAN_PAGE = 'euc-kr';

/**
 * The text that a tool printed. Windows' tools print in the code page of their language: that of Korean (949, which is
 * what the Encoding Standard calls euc-kr) is read as such where it holds words that are looked for; what else is no UTF-8
 * loses its letters and keeps its places and numbers.
 */
export function toolText(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    const korean = koreanText(bytes);
    return korean !== null && KOREAN.test(korean) ? korean : bytes.toString('utf8');
  }
}

/** null where this Node.js was built without that code page. */
function koreanText(bytes: Buffer): string | null {
  try {
    return new TextDecoder(KOREAN_PAGE).decode(bytes);
  } catch {
    return null;
  }
}
