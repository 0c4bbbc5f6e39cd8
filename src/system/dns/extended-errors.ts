import type { Answer } from 'dns-packet';
import type { ExtendedError } from '../../domain/name-evidence.ts';

/** The option of an OPT record that carries one (RFC 8914 2). */
const OPTION_CODE = 15;
const CODE_BYTES = 2;
/** A text is meant for people; what is longer is not. */
const LONGEST_TEXT = 200;
const MOST_ERRORS = 4;
/** Controls, format characters (direction marks, zero-width ones, tags), separators of lines, halves of surrogates. */
const NOT_IN_TEXT = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/** What a server adds to its answer in its own words (RFC 8914), without anything that could control a terminal. */
export function extendedErrorsIn(additionals: readonly Answer[]): readonly ExtendedError[] {
  return additionals
    .flatMap((record) => (record.type === 'OPT' ? record.options : []))
    .flatMap((option): readonly ExtendedError[] => {
      const { code, data } = option as { readonly code?: unknown; readonly data?: unknown };
      if (code !== OPTION_CODE || !Buffer.isBuffer(data) || data.length < CODE_BYTES) return [];
      const text = data.subarray(CODE_BYTES).toString('utf8').replace(NOT_IN_TEXT, ' ').trim();
      return [{ code: data.readUInt16BE(0), text: text.slice(0, LONGEST_TEXT) }];
    })
    .slice(0, MOST_ERRORS);
}
