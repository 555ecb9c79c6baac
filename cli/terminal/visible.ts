/**
 * Text from a contract, to be printed on a line: what would leave its place is shown instead of done. Control characters
 * (a line break, the escape of a terminal's commands) become their pictures, marks that turn the direction of writing a
 * replacement character; what a runner would obey is parted by a space of no width. Columns stay where they are.
 */
export function visible(text: string): string {
  const shown = text.replace(UNSAFE, (it) => {
    const code = it.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : '\ufffd';
  });
  return shown.replace(COMMAND, '$&\u200b');
}

/** What a runner of GitHub Actions takes for a command: `::` where a line begins, and `##[` anywhere in it. */
const COMMAND = /^\s*:(?=:)|##(?=\[)/g;

/** Control characters but for the tab; the separators of lines; the marks of direction (Unicode, "Bidirectional Algorithm"). */
const UNSAFE = /(?!\t)[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The same for text of our own that holds some of a contract and has lines. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

/** The same for all texts of some data, its keys included. */
export function visibleIn<T>(data: T): T {
  if (typeof data === 'string') return visible(data) as T;
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(visibleIn) as T;
  return Object.fromEntries(Object.entries(data).map(([key, it]) => [visible(key), visibleIn(it)])) as T;
}
