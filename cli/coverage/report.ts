import { styleFor } from '../terminal/style.ts';
import { visible } from '../terminal/visible.ts';
import { count, table } from '../terminal/words.ts';
import type { DomainCoverage, Item } from './coverage.ts';

const KINDS: readonly (readonly [Item['kind'], string])[] = [
  ['message', 'messages'],
  ['consumer', 'consumers'],
  ['failure', 'failures'],
  ['step', 'flow steps'],
];

export interface Shown {
  readonly domains: readonly DomainCoverage[];
  /** Domains that were left out by name. */
  readonly excluded: readonly string[];
}

/** Whether all of it was exercised. Of nothing, nothing is said. */
export function isWhole({ domains }: Shown): boolean {
  const items = domains.flatMap((it) => it.items);
  return items.length > 0 && items.every((it) => it.covered);
}

/** A row for each domain, and below it what is missing. */
export function coverageText(shown: Shown, color: boolean, all: boolean): string {
  const style = styleFor(color);
  const { domains, excluded } = shown;
  const total = domains.flatMap((it) => it.items);
  const rows = [...domains, { domain: 'all', items: total }].map(({ domain, items }) => [
    visible(domain),
    ...KINDS.map(([kind, plural]) => `${share(items.filter((it) => it.kind === kind))} ${plural}`),
    percent(items),
  ]);
  const missing = domains.flatMap(({ domain, items }) => {
    const lines = items
      .filter((it) => !it.covered)
      .map(({ kind, what }) => `  ${kind.padEnd(9)} ${visible(what)}`);
    if (lines.length === 0) return [];
    const most = all ? lines.length : MOST;
    const more = lines.length > most ? [`  ... and ${lines.length - most} more: --all shows them`] : [];
    return [
      `\n${style.bold(visible(domain))}: not exercised\n${[...lines.slice(0, most), ...more].join('\n')}\n`,
    ];
  });
  const left =
    excluded.length > 0
      ? `\n${count(excluded.length, 'domain')} excluded: ${excluded.map(visible).join(', ')}\n`
      : '';
  return `${table(rows)}\n${missing.join('')}${left}`;
}

/** How many of a domain's missing items are printed unless all are asked for. */
const MOST = 20;

function share(items: readonly Item[]): string {
  return `${items.filter((it) => it.covered).length}/${items.length}`;
}

/** Rounded down: 100 % is all. */
function percent(items: readonly Item[]): string {
  if (items.length === 0) return '-';
  return `${Math.floor((100 * items.filter((it) => it.covered).length) / items.length)} %`;
}

/** The same for programs. */
export function coverageJson(shown: Shown): string {
  return `${JSON.stringify({ whole: isWhole(shown), ...shown }, null, 2)}\n`;
}
