/** What a decoder made of bytes from the network. Decoders never throw and never read past the end. */
export type Decoded<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: DecodeError };

/** `not-first-fragment`: the bytes hold no transport header, because they are a later fragment of a packet. */
export type DecodeError = 'too-short' | 'bad-version' | 'bad-length' | 'bad-checksum' | 'not-first-fragment';

export function decoded<T>(value: T): Decoded<T> {
  return { ok: true, value };
}

export function undecodable(error: DecodeError): { readonly ok: false; readonly error: DecodeError } {
  return { ok: false, error };
}
