import { internetChecksum } from './checksum.ts';

/** Where the quote ends when no length says so but an extension structure follows (RFC 4884, 5.5: pre-standard senders). */
const CLASSIC_QUOTE_BYTES = 128;
const STRUCTURE_HEADER_BYTES = 4;
const STRUCTURE_VERSION = 2;

/**
 * Splits what follows the ICMP header of an error into the quoted packet and the extension structure (RFC 4884, 5).
 * `quoteBytes` is the length attribute in bytes; 0 where the sender set none.
 */
export function splitQuote(
  body: Uint8Array,
  quoteBytes: number,
): { readonly original: Uint8Array; readonly extensions: Uint8Array } {
  const end = quoteBytes === 0 ? CLASSIC_QUOTE_BYTES : quoteBytes;
  const extensions = body.subarray(end);
  // A length that leads to no structure is a stale field of an old sender: then all of it is the quoted packet.
  if (!isStructure(extensions)) return { original: body, extensions: new Uint8Array() };
  return { original: body.subarray(0, end), extensions };
}

/** RFC 4884, 7: version 2, and a checksum that is right or, where the sender computed none, zero. */
function isStructure(bytes: Uint8Array): boolean {
  if (bytes.length < STRUCTURE_HEADER_BYTES || (bytes[0] ?? 0) >> 4 !== STRUCTURE_VERSION) return false;
  return (bytes[2] === 0 && bytes[3] === 0) || internetChecksum(bytes) === 0;
}
