import type { MessageKind } from '@chirograph/contract/model';
import type { Deprecated, Verdict } from '../data/catalog.ts';
import { duration } from '../text/duration.ts';
import { type Html, html, NOTHING } from './html.ts';

// What is said in the same way on many pages.

export const KINDS: Readonly<Record<MessageKind, string>> = {
  event: 'Event',
  command: 'Command',
  'integration-event': 'Integration event',
};

/** `1 message`, `2 messages` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function kindMark(kind: MessageKind): Html {
  return html`<span class="kind ${kind}">${KINDS[kind]}</span>`;
}

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  breaking: 'Breaking',
  undecided: 'Undecided',
  warning: 'Warning',
  safe: 'Safe',
};

export function verdictMark(verdict: Verdict): Html {
  return html`<span class="verdict ${verdict}">${VERDICT_WORDS[verdict]}</span>`;
}

/** `Deprecated since 2026-01-01, may be gone from 2026-07-01 on` */
export function deprecatedText({ since, removal }: Deprecated): string {
  return [
    since === undefined ? 'Deprecated' : `Deprecated since ${since}`,
    removal === undefined ? [] : `may be gone from ${removal} on`,
  ]
    .flat()
    .join(', ');
}

export function deprecatedMark(deprecated: Deprecated | undefined): Html {
  return deprecated
    ? html`<span class="mark bad" title="${deprecatedText(deprecated)}">Deprecated</span>`
    : NOTHING;
}

/** Said of what is not ours: who reads it must know whom to ask. */
export function neighbourNotice(neighbour: string | undefined): Html {
  return neighbour === undefined
    ? NOTHING
    : html`<p class="notice">Of the neighbour <b>${neighbour}</b>: it is defined in another repository, and only read here. Only what our own services have to do with it is shown.</p>`;
}

/** Waits between tries in a sentence. */
export function retryText(delays: readonly number[]): string {
  if (delays.length === 0) return 'not retried: one failure makes it a dead letter';
  const waits = delays.map(duration);
  const list = waits.length < 2 ? waits.join('') : `${waits.slice(0, -1).join(', ')} and ${waits.at(-1)}`;
  return `${delays.length === 1 ? 'once' : `${delays.length} times`}, after ${list}; then a dead letter`;
}

/** `12,000 a day` */
export function volumeText(perDay: number): string {
  return `${perDay.toLocaleString('en')} a day`;
}
