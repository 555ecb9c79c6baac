/**
 * Text of a file without a character that a reader cannot see: control characters but for tab and line break, and marks that
 * turn the direction of writing. Contracts may hold them; a terminal or a page that shows a file would obey them. Where the
 * file is JSON or a script they are escaped, and mean what they meant; elsewhere a picture stands in their place.
 */
export function printable(path: string, text: string): string {
  if (!UNSEEN.test(text)) return text;
  if (/\.(json|js)$/.test(path)) return text.replaceAll(EACH, escaped);
  return text.replaceAll('\r\n', '\n').replaceAll(EACH, pictured);
}

const RANGES = '\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff';
const UNSEEN = new RegExp(`[${RANGES}]`);
const EACH = new RegExp(UNSEEN, 'g');

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function pictured(sign: string): string {
  const code = sign.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
