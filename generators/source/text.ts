/**
 * Text of a contract in a generated file, one function per context. Text is data wherever it is printed: it ends no
 * comment and no string, breaks no line that has to stay one, and puts no control character into a file.
 */

/** Text for the rest of a `//` or `#` comment: one line, whatever it holds. */
export function lineComment(text: string): string {
  return visible(text.replace(LINE_BREAKS, ' ').replaceAll('\t', ' '));
}

/** Text for within a block comment: in lines, none of which ends the comment or is an instruction to a compiler. */
export function blockComment(text: string): string {
  const rows = visible(text.replace(LINE_BREAKS, '\n').replaceAll('\t', '  '), '\n');
  return rows.replaceAll('*/', '*\\/').replace(INSTRUCTION, '\\$&');
}

/** A string literal of TypeScript: in single quotes, unless only double quotes spare it an escape. */
export function quote(text: string): string {
  const json = visible(JSON.stringify(text));
  if (text.includes("'") && !text.includes('"')) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** Code of another printer, in which invisible characters stand in string literals alone. */
export function printedCode(text: string): string {
  return visible(text, '\n');
}

/** A JSON document, with a line end. What an editor would not show is escaped. */
export function jsonText(value: unknown): string {
  return `${visible(JSON.stringify(value, null, 2), '\n')}\n`;
}

/** All that some language or editor takes for the end of a line. */
const LINE_BREAKS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;

/**
 * What prints nothing and changes how the rest is read: control characters, line separators, marks of byte order, and
 * those that reorder text (CVE-2021-42574); halves of pairs, which UTF-8 cannot hold.
 */
const INVISIBLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/gu;

/** Comments that TypeScript and bundlers obey. */
const INSTRUCTION = /@(?=ts-(?:ignore|expect-error|nocheck|check)\b|jsx)|[@#](?=__[A-Z_]+__)/gi;

function visible(text: string, kept = ''): string {
  return text.replace(INVISIBLE, (it) =>
    it === kept ? it : `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
