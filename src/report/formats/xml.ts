import { TERMINAL_CONTROLS } from '../json-text.ts';

/** What XML 1.0 cannot hold, not even escaped (section 2.2, production 2): most controls, and halves of a pair. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text that stands in XML or HTML, between tags or in a quoted attribute, and is nothing but text there. */
export function xmlText(text: string): string {
  return text
    .replace(NOT_XML, '')
    .replace(TERMINAL_CONTROLS, '')
    .replace(/[&<>"']/g, (sign) => ESCAPED[sign] ?? '');
}
