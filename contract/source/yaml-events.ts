import { type Event, type ParserOptions, parseEvents, YAMLException } from 'js-yaml';

/** A YAML text as the parser takes it. Offsets of the events are offsets into either text. */
export interface YamlReading {
  /** The text, in which lines that stand too far left have been joined with the one before. */
  readonly text: string;
  readonly events: Event[];
}

/**
 * What the parser makes of a YAML text. YAML wants every line of `[...]`, `{...}` and a quoted text indented further
 * than the key that it belongs to (YAML 1.2.2, section 7.4). People write the closing bracket below the key, and the
 * parsers that they know take it; so do we.
 * @throws YAMLException where it is no YAML even so
 */
export function readEvents(text: string, options: ParserOptions = {}): YamlReading {
  let fixed = text;
  for (let work = 0; ; work += text.length) {
    try {
      return { text: fixed, events: parseEvents(fixed, options) };
    } catch (error) {
      if (!(error instanceof YAMLException) || error.reason !== TOO_FAR_LEFT || work > MAX_WORK) throw error;
      const joined = joinLines(fixed, error.mark?.position ?? 0);
      if (joined === fixed) throw error;
      fixed = joined;
    }
  }
}

const TOO_FAR_LEFT = 'deficient indentation';

/** In characters that are read again: three seconds, whatever the text. */
const MAX_WORK = 200_000_000;

/** The text with the line breaks before an offset, and the comments that they end, written as spaces. */
function joinLines(text: string, offset: number): string {
  let start = offset;
  let joined = '';
  do {
    const end = start;
    while (start > 0 && /\s/.test(text[start - 1]!)) start -= 1;
    joined = ' '.repeat(end - start) + joined;
    const comment = commentAt(text, start);
    joined = ' '.repeat(start - comment) + joined;
    if (comment === start) break;
    start = comment;
  } while (start > 0);
  return text.slice(0, start) + joined + text.slice(offset);
}

/** Where the comment begins that the line before an offset ends with; the offset where it has none. */
function commentAt(text: string, offset: number): number {
  let quote: string | undefined;
  for (let at = text.lastIndexOf('\n', offset - 1) + 1; at < offset; at += 1) {
    const unit = text[at]!;
    if (quote !== undefined) {
      const isEscape = quote === '"' ? unit === '\\' : unit === "'" && text[at + 1] === "'";
      if (isEscape) at += 1;
      else if (unit === quote) quote = undefined;
    } else if ((unit === '"' || unit === "'") && /[\s,:[{]/.test(text[at - 1] ?? '\n')) quote = unit;
    else if (unit === '#' && /\s/.test(text[at - 1] ?? '\n')) return at;
  }
  return offset;
}
