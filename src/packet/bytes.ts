/** A big-endian view of the bytes. A received message is a window on a larger buffer, so the offset matters. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
