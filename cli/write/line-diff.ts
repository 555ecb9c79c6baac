import { diffLines } from 'diff';

/** Beyond this many changed lines nobody reads which of them stayed. */
const MAX_EDITS = 2000;

/** The changed lines of a file, as a reader of patches expects; `...` between those that are apart. At most `limit`. */
export function lineDiff(former: string, now: string, limit = 12): string[] {
  const parts = diffLines(withEnd(former), withEnd(now), { maxEditLength: MAX_EDITS }) ?? [
    { value: former, added: false, removed: true },
    { value: now, added: true, removed: false },
  ];
  const rows = parts.flatMap(({ value, added, removed }, i) => {
    if (!added && !removed) return i === 0 || i === parts.length - 1 ? [] : ['  ...'];
    const lines = value.replace(/\n$/, '').split('\n');
    return lines.map((line) => `${added ? '+' : '-'} ${line}`);
  });
  return rows.length <= limit ? rows : [...rows.slice(0, limit), `  ... ${rows.length - limit} more lines`];
}

function withEnd(text: string): string {
  return text.endsWith('\n') || text === '' ? text : `${text}\n`;
}
