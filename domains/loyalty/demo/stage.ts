import type { Refusal } from '@chirograph/runtime';
import type { WatchedStore } from '@chirograph/runtime/testing';
import type { Page } from '../../shared/demo/page.ts';
import { assertTold } from '../../shared/demo/story-error.ts';
import type { LoyaltyDomain } from '../wire.ts';
import type { Chronicle, Passage } from './chronicle.ts';
import type { StoryClock } from './story-clock.ts';
import { printPassages } from './timeline.ts';

/** What the story is played with and told on. */
export interface Stage {
  readonly domain: LoyaltyDomain;
  readonly store: WatchedStore;
  readonly clock: StoryClock;
  readonly chronicle: Chronicle;
  readonly page: Page;
}

/** What happens in a scene. */
export interface Scene<T> {
  /** UTC, such as `2026-01-05 09:00`; the clock is put forward to it. */
  readonly at: string;
  readonly says: string;
  /** The first action of the scene; consumers do the rest. */
  play(): Promise<T>;
  /** Names and versions of the events that follow, in the order of their names. */
  readonly follows: readonly string[];
  /** What else has to come to pass before the scene is told. */
  meanwhile?(passages: readonly Passage[]): Promise<void>;
}

export function chapter({ page }: Stage, title: string): void {
  page.line();
  page.line([{ text: title, style: 'bold' }]);
}

/** Plays a scene, waits until everyone has done their part, and prints what happened. Throws a StoryError if it was something else. */
export async function scene<T>(
  stage: Stage,
  { at, says, play, follows, meanwhile }: Scene<T>,
): Promise<{ readonly result: T; readonly passages: readonly Passage[] }> {
  const { chronicle, page } = stage;
  const before = chronicle.passages.length;
  await stage.clock.forwardTo(momentOf(at));
  page.line();
  page.line([{ text: `  ${at}  `, style: 'yellow' }, { text: says }]);
  const result = await play();
  await chronicle.settled();
  const passages = chronicle.passages.slice(before);
  const names = passages.map(({ message }) => `${message.name} ${message.version}`).sort();
  assertTold(says, names, [...follows].sort());
  await meanwhile?.(passages);
  printPassages(page, passages);
  return { result, passages };
}

/** Plays a scene whose command is refused, and prints why. */
export async function refusal(
  stage: Stage,
  {
    at,
    says,
    play,
    code,
  }: Pick<Scene<{ readonly kind: string } | Refusal>, 'at' | 'says' | 'play'> & { readonly code: string },
): Promise<void> {
  const { result } = await scene(stage, { at, says, play, follows: [] });
  const refused = 'code' in result ? result : undefined;
  assertTold(says, refused?.code ?? result.kind, code);
  stage.page.line([
    { text: '    ✗ refused  ', style: 'red' },
    { text: code, style: 'bold' },
    { text: `  ${refused?.message}` },
  ]);
}

function momentOf(at: string): number {
  return Date.parse(`${at.replace(' ', 'T')}Z`);
}
