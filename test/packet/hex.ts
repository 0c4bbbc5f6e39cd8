/** The bytes of a hex dump; spaces and line breaks are for the reader. */
export function hex(dump: string): Uint8Array {
  return Uint8Array.from(dump.match(/[0-9a-f]{2}/giu) ?? [], (byte) => Number.parseInt(byte, 16));
}
