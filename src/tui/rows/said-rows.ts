import type { Said } from '../state/saving.ts';
import { paragraph, type Row } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';

/** What became of the last copy or file, in words. */
export function saidRows(said: Said | null, { words, plain }: Theme, columns: number): readonly Row[] {
  if (said === null) return [];
  const tone = said.kind === 'copied' || said.kind === 'saved' ? 'accent' : 'warn';
  return paragraph(plain(textOf(said, words)), columns, { tone });
}

function textOf(said: Said, words: Theme['words']): string {
  switch (said.kind) {
    case 'copied':
      return `${said.what === 'step' ? words.copiedStep : words.copied(sizeOf(said.bytes))} ${words.copiedIn[said.through]}`;
    case 'too-long':
      return words.tooLong(sizeOf(said.bytes));
    case 'no-clipboard':
      return words.noClipboard;
    case 'saved':
      return words.saved(said.file);
  }
}

function sizeOf(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}
