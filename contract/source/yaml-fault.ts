/** The words of the YAML parser that leave people guessing; all others stand as they are. */
const INDENTATION = 'bad indentation of a mapping entry';
const NO_COMMA = 'missed comma between flow collection entries';

/** Why a text is no YAML, in words that say what to do: what the parser stumbled over is often not what was done wrong. */
export function yamlFault(text: string, reason: string, offset: number): string {
  if (reason === INDENTATION) return indentationFault(text, offset);
  if (reason === NO_COMMA) return openQuote(text, offset) ?? openBracket(text, offset) ?? reason;
  return reason.replace(
    /^expected the node content, but found '(.*)'$/,
    (_, found: string) => `nothing stands before \`${found}\``,
  );
}

function indentationFault(text: string, offset: number): string {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  if (text[offset] !== ':') return 'this line is indented like none that it could belong to';
  if (/^\s*(?:- +)*[^\s:]+:\s/.test(before)) return 'a `: ` within a text makes it a key';
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
