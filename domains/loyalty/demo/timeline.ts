import type { Page, Span, Style } from '../../shared/demo/page.ts';
import type { Passage, PassageOutcome } from './chronicle.ts';
import { gistOf } from './gist.ts';

const CONSUMER = 14;
const HEADLINE = 30;

/** Prints events as a tree: each with what its consumers did, and beneath them the events it led to. */
export function printPassages(page: Page, passages: readonly Passage[]): void {
  const ids = new Set(passages.map(({ message }) => message.id));
  const roots = passages.filter(({ causationId }) => causationId === undefined || !ids.has(causationId));
  for (const root of roots) printTree(page, root, passages, '    ');
}

function printTree(page: Page, passage: Passage, all: readonly Passage[], indent: string): void {
  const { message, payload, by, took, outcomes } = passage;
  const headline = `${message.name} ${message.version}`.padEnd(HEADLINE);
  page.line(
    [
      { text: `${indent}● `, style: 'cyan' },
      { text: headline, style: 'bold' },
      { text: ` ${gistOf(payload)}` },
    ],
    [{ text: `from ${by}`, style: 'dim' }, time(took)],
  );
  printOutcomes(page, outcomes, `${indent}│ `);
  const caused = all.filter(({ causationId }) => causationId === message.id);
  for (const child of caused) {
    page.line([{ text: `${indent}╰─▸ because of it`, style: 'dim' }]);
    printTree(page, child, all, `${indent}    `);
  }
}

/** Prints what consumers did, a line for each try. */
export function printOutcomes(page: Page, outcomes: readonly PassageOutcome[], indent: string): void {
  const byConsumer = [...Map.groupBy(outcomes, ({ consumer }) => consumer)].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  for (const [consumer, tries] of byConsumer) {
    let seconds = 0;
    for (const [index, outcome] of tries.entries()) {
      const name = index === 0 ? consumer : `  ${seconds} s later`;
      const left = { text: `${indent} ${name.padEnd(CONSUMER)}`, style: 'dim' as const };
      const { spans, took } = told(outcome, index + 1);
      page.line([left, ...spans], took === undefined ? [] : [time(took)]);
      // What the schedule says: the machine's own time, which also passes, would blur it.
      if (outcome.what.kind === 'retrying') seconds += Math.ceil((outcome.what.dueAt - outcome.at) / 1000);
    }
  }
}

function told(
  { what, did }: PassageOutcome,
  nth: number,
): { readonly spans: readonly Span[]; readonly took?: number } {
  switch (what.kind) {
    case 'handled': {
      const again = what.attempt > 1 ? [{ text: `  (try ${what.attempt})`, style: 'dim' as const }] : [];
      return { spans: [mark('✓', 'green'), { text: did.join('; ') }, ...again], took: what.took };
    }
    case 'retrying':
      return { spans: [mark('✗', 'red'), { text: `try ${what.attempt}: ${messageOf(what.error)}` }] };
    case 'dead-lettered':
      return {
        spans: [
          mark('✗', 'red'),
          { text: `try ${nth}: ${messageOf(what.error)}; ` },
          { text: `given up: dead letter ${what.id}`, style: 'red' },
        ],
      };
    case 'duplicate':
      return { spans: [mark('=', 'yellow'), { text: 'handled before: a duplicate, no effect' }] };
    case 'waiting':
      return {
        spans: [mark('…', 'yellow'), { text: 'waits behind an earlier event of the same enrolment' }],
      };
    case 'ignored':
      return { spans: [mark('-', 'dim'), { text: 'not for this consumer' }] };
  }
}

function mark(text: string, style: Style): Span {
  return { text: `${text} `, style };
}

function time(milliseconds: number): Span {
  return { text: `${milliseconds.toFixed(1)} ms`.padStart(10), style: 'dim' };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
