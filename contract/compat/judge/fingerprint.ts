import { createHash } from 'node:crypto';
import type { Message, Workspace } from '../../model/index.ts';
import type { Change } from '../change.ts';

/**
 * A short name for a change: the same as long as the same thing changes in the same way, wherever it is written.
 * Eight hexadecimal digits; chance makes two changes of a thousand share one about once in ten thousand times.
 */
export function fingerprintOf(
  { code, subject, field, from, to }: Change,
  message: Message | undefined,
): string {
  const who = message ? [message.name, message.version] : [subject.label];
  const said = JSON.stringify([code, subject.domain, subject.kind, ...who, field, from, to]);
  return createHash('sha256').update(said).digest('hex').slice(0, 8);
}

/** The message that a change is of, as the head has it or the base had it. */
export function messageOfChange(
  { subject }: Change,
  { base, head }: { readonly base: Workspace; readonly head: Workspace },
): Message | undefined {
  if (subject.kind !== 'message') return undefined;
  return (
    head.messages.find(({ id }) => id === subject.head) ?? base.messages.find(({ id }) => id === subject.base)
  );
}
