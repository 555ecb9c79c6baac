/** The lines of a text that changed, a few around them, as a reader of patches expects. At most `limit` lines. */
export function lineDiff(former: string, now: string, limit = 12): string[] {
  const before = former.split('\n');
  const after = now.split('\n');
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before.at(-1 - end) === after.at(-1 - end)
  )
    end += 1;
  const rows = [
    ...before.slice(start, before.length - end).map((line) => `- ${line}`),
    ...after.slice(start, after.length - end).map((line) => `+ ${line}`),
  ];
  return rows.length <= limit ? rows : [...rows.slice(0, limit), `  ... ${rows.length - limit} more lines`];
}
