import { type Style, styleFor } from '../terminal/style.ts';
import { count } from '../terminal/words.ts';
import type { FileChange, Plan } from '../write/plan.ts';

/** What generating came to: what was done, or is to be done, in the output folder. */
export interface Outcome {
  readonly plan: Plan;
  readonly folder: string;
  readonly seconds: number;
}

/** One document, whatever came of it: what was found in the contracts, and what was done (docs/generate.md). */
export function planJson({ plan, folder, seconds }: Outcome, diagnostics: readonly object[] = []): string {
  const changes = plan.changes.map(({ kind, path }) => ({ kind, path: `${folder}/${path}` }));
  const document = { diagnostics, changes, unchanged: plan.unchanged, seconds: Number(seconds.toFixed(3)) };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const WORDS = {
  write: { create: 'created', update: 'updated', delete: 'removed' },
  'dry-run': { create: 'create', update: 'update', delete: 'remove' },
  check: { create: 'missing', update: 'stale', delete: 'left over' },
} as const;

/** A row a file, then what they come to; of a check, what is not as it should be, and how. */
export async function planText(
  { plan, folder, seconds }: Outcome,
  mode: keyof typeof WORDS,
  color: boolean,
): Promise<string> {
  const style = styleFor(color);
  const removed = plan.changes.filter((it) => it.kind === 'delete').length;
  const written = plan.changes.length - removed;
  const total = plan.unchanged + written;
  const time = style.dim(`   ${seconds.toFixed(2)} s`);
  if (plan.changes.length === 0)
    return `${style.green('up to date')}: ${count(total, 'file')} in ${folder}${time}\n`;
  const diffOf = mode === 'check' ? await differ(style) : () => [];
  const rows = plan.changes.flatMap((change) => [
    `${style.yellow(WORDS[mode][change.kind].padEnd(9))} ${folder}/${change.path}`,
    ...diffOf(change),
  ]);
  const summary =
    mode === 'check'
      ? `${count(written, 'file')} of ${total} not as the contracts say${removed === 0 ? '' : `, ${removed} left over`}. Run: chirograph generate`
      : `${mode === 'dry-run' ? 'would change' : 'changed'} ${written} of ${count(total, 'file')}${removed === 0 ? '' : `, removed ${removed}`}`;
  return `${rows.join('\n')}\n\n${summary}${time}\n`;
}

/** As wide as terminals are, less the margin: generated code has lines of a thousand characters. */
const WIDTH = 110;

async function differ(style: Style): Promise<(change: FileChange) => string[]> {
  const { lineDiff } = await import('../write/line-diff.ts');
  return (change) => {
    if (change.kind !== 'update') return [];
    return lineDiff(change.former, change.text).map((row) => {
      const text = row.length > WIDTH ? `${row.slice(0, WIDTH)}...` : row;
      if (row.startsWith('-')) return `    ${style.red(text)}`;
      return `    ${row.startsWith('+') ? style.green(text) : text}`;
    });
  };
}
