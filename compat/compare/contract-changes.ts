import type { Message } from '@chirograph/contract/model';
import type { Change } from '../change.ts';
import type { ChangeCode } from '../rules/rules.ts';
import { changeOf, messageSubject, partOf } from './changing.ts';

/** The path within a message to what has changed: its place is told from there. */
type Path = readonly (string | number)[];

/** Collects what has become of one message, fact by fact. */
export class ContractChanges {
  readonly changes: Change[] = [];
  readonly #base: Message;
  readonly #head: Message;

  constructor(base: Message, head: Message) {
    this.#base = base;
    this.#head = head;
  }

  /** @param content what tells it from another change of the same place, where `from` and `to` do not */
  say(code: ChangeCode, path: Path, from = '', to = '', content?: readonly string[]): void {
    this.changes.push({
      ...changeOf(code, messageSubject(this.#base, this.#head), {
        from,
        to,
        base: partOf(this.#base, ...path),
        head: partOf(this.#head, ...path),
      }),
      ...(content && { content }),
    });
  }

  /** A value that is always there. */
  value(code: ChangeCode, path: Path, from: string, to: string): void {
    if (from !== to) this.say(code, path, from, to);
  }

  /** A value that may be left out. */
  optional(
    codes: { readonly added: ChangeCode; readonly removed: ChangeCode; readonly changed: ChangeCode },
    path: Path,
    from: string | undefined,
    to: string | undefined,
  ): void {
    if (from === to) return;
    const what = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
    this.say(codes[what], path, from, to);
  }

  /** Values of which the order says nothing. */
  list(
    codes: { readonly added: ChangeCode; readonly removed: ChangeCode },
    path: Path,
    from: readonly string[],
    to: readonly string[],
  ): void {
    for (const it of to) if (!from.includes(it)) this.say(codes.added, path, undefined, it);
    for (const it of from) if (!to.includes(it)) this.say(codes.removed, path, it, undefined);
  }

  /** A number of something; where none is given it counts as 0. */
  amount(
    codes: { readonly raised: ChangeCode; readonly lowered: ChangeCode },
    path: Path,
    from: number | undefined,
    to: number | undefined,
    text: (n: number | undefined) => string,
  ): void {
    if (from === to) return;
    this.say((to ?? 0) > (from ?? 0) ? codes.raised : codes.lowered, path, text(from), text(to));
  }
}
