/** The words of the YAML parser that leave people guessing; all others stand as they are. */
const INDENTATION = 'bad indentation of a mapping entry';
const NO_COMMA = 'missed comma between flow collection entries';

const COMPLEX_KEY = 'object-based map does not support complex keys';
const NO_KEY = 'can not read a block mapping entry; a multiline key may not be an implicit key';
const OPEN_BRACKET = 'unexpected end of the stream within a flow collection';

/** Why the text is not YAML; `offset` where the cause stands elsewhere than the parser stopped. */
interface YamlFault {
  readonly reason: string;
  readonly offset?: number;
}

/** Why the text is not YAML, in words that say what to do: what the parser stumbled over is often not what was done wrong. */
export function yamlFault(text: string, reason: string, offset: number): YamlFault {
  return conflict(text) ?? template(text, offset) ?? { reason: inWords(text, reason, offset) };
}

function inWords(text: string, reason: string, offset: number): string {
  if (reason === INDENTATION) return indentationFault(text, offset);
  if (reason === NO_COMMA) return openQuote(text, offset) ?? openBracket(text, offset) ?? reason;
  if (reason === OPEN_BRACKET) return openBracket(text, offset) ?? reason;
  if (reason === COMPLEX_KEY) return 'a list or a mapping is used as a key';
  if (reason === NO_KEY) return 'a line above this one is no `key: value`';
  const [, alias] = /^unidentified alias "(.*)"$/.exec(reason) ?? [];
  if (alias !== undefined) return `\`*${alias}\` refers to an anchor \`&${alias}\` that is not above it`;
  return reason.replace(
    /^expected the node content, but found '(.*)'$/,
    (_, found: string) => `nothing stands before \`${found}\``,
  );
}

/** The marks that Git leaves where two changes of a line meet. */
function conflict(text: string): YamlFault | undefined {
  const offset = text.search(/^<{7} /m);
  return offset >= 0 && /^>{7} /m.test(text)
    ? { reason: 'it has a merge conflict that is not resolved', offset }
    : undefined;
}

/** What a template engine puts in place before it is YAML: `{{...}}`, `{% ... %}`, at the fault or in the line of it. */
function template(text: string, offset: number): YamlFault | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(start, end < 0 ? text.length : end);
  const found = /(?:^|[\s:[,{-])(\{[{%])/.exec(line);
  if (!found) return undefined;
  const mark = found[1] ?? '';
  return {
    reason: `\`${mark}\` begins a template, not a value of YAML`,
    offset: start + found.index + found[0].length - mark.length,
  };
}

function indentationFault(text: string, offset: number): string {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const [first = ''] = text.slice(offset);
  if ('@`%'.includes(first)) return `a string cannot begin with \`${first}\``;
  if (/^-\s/.test(text.slice(offset, offset + 2)) && /:\s+$/.test(before))
    return 'a list cannot begin in the line of its key';
  if (/['"]\S*$/.test(before) && first !== ':') return 'text follows the quote that ends a string';
  if (first !== ':') return 'this line is indented like none that it could belong to';
  if (/^\s*(?:- +)*[^\s:]+:\s/.test(before)) return 'a `: ` within a string makes it a key';
  return 'this key is indented deeper than the one above, which has its value already';
}

/** The quote that was not closed before a fault: text went on to the next quote, and what was meant as text stands bare. */
function openQuote(text: string, offset: number): string | undefined {
  const lines = text.slice(0, offset).split('\n');
  const isOdd = (line: string | undefined, quote: string) => (line ?? '').split(quote).length % 2 === 0;
  for (const quote of ["'", '"']) {
    const opened = lines.slice(0, -1).findLastIndex((it) => it.includes(quote));
    if (isOdd(lines.at(-1), quote) && isOdd(lines[opened], quote)) {
      return `the quote in line ${opened + 1} is not closed`;
    }
  }
  return undefined;
}

/** The bracket that was not closed before a fault: the nearest line above that opens more than it closes. */
function openBracket(text: string, offset: number): string | undefined {
  const lines = text.slice(0, offset).split('\n');
  let closed = 0;
  for (const [index, line] of [...lines.entries()].reverse()) {
    // A quote that is not closed holds the rest of its line.
    const bare = line.replace(/"(?:\\.|[^"\\])*(?:"|$)|'[^']*(?:'|$)|(?:^|\s)#.*/g, '');
    for (const bracket of [...bare].reverse().filter((it) => '{}[]'.includes(it))) {
      closed += bracket === '}' || bracket === ']' ? 1 : -1;
      if (closed < 0) {
        const end = bracket === '{' ? '}' : ']';
        return `a comma or \`${end}\` is missing before this: the \`${bracket}\` in line ${index + 1} is still open`;
      }
    }
  }
  return undefined;
}
