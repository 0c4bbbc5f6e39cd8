/**
 * The Internet checksum (RFC 1071): ones' complement of the ones' complement sum of 16-bit words, an odd last byte
 * padded with zero. Over bytes that contain a right checksum it is 0. Every part but the last has an even length.
 */
export function internetChecksum(...parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts) {
    for (let index = 0; index < part.length; index += 2) {
      sum += ((part[index] ?? 0) << 8) | (part[index + 1] ?? 0);
    }
    // Folded once a part, so that the sum stays exact however many parts there are.
    sum = fold(sum);
  }
  return ~sum & 0xffff;
}

function fold(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded % 0x10000) + Math.floor(folded / 0x10000);
  return folded;
}
