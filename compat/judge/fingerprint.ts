import { createHash } from 'node:crypto';
import { type Message, nodeId } from '@chirograph/contract/model';
import type { Change, SchemaEdit } from '../change.ts';
import type { States } from './affected-operations.ts';

/**
 * A short name for a change: the same as long as the same thing changes in the same way, wherever it is written. A change
 * of a definition that several messages use is one change, however many it breaks. Eight hexadecimal digits; chance makes
 * two changes of a thousand share one about once in ten thousand times.
 */
export function fingerprintOf(change: Change, message: Message | undefined, { head, base }: States): string {
  const { code, subject, field, from, to, edit } = change;
  const definition = edit ? sharedDefinition(edit, message, { head, base }) : traitOf(change, message);
  const who = message ? [message.name, message.version] : [subject.label];
  const said = definition
    ? [code, subject.domain, ...definition, from, to]
    : [code, subject.domain, subject.kind, ...who, field, from, to];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 8);
}

/** The definition that was edited and the place in it, where it is not the message's own schema. */
function sharedDefinition(
  { head, base, part, entries }: SchemaEdit,
  message: Message | undefined,
  states: States,
): readonly string[] | undefined {
  const place = head[0] ?? base[0];
  if (!place || place.schema === message?.[part]) return undefined;
  const definition = states.head.schemas[place.schema] ?? states.base.schemas[place.schema];
  const names = place.path.filter((it) => typeof it === 'string');
  return definition && [definition.name, ...names, ...(entries ?? [])];
}

/** The trait that was edited and the place in it, where the message took this over. */
function traitOf({ base, head }: Change, message: Message | undefined): readonly string[] | undefined {
  const place = head ?? base;
  const traits = message?.layers?.filter(({ at }) => nodeId(at) !== message.id) ?? [];
  const isThere = traits.some(
    ({ at, decides }) =>
      at.file === place?.file &&
      decides.some((path) => `${place.pointer}/`.startsWith(`${at.pointer}/${path}/`)),
  );
  return place && isThere ? [place.pointer] : undefined;
}

/** The message that a change is of, as the head has it or the base had it. */
export function messageOfChange({ subject }: Change, { base, head }: States): Message | undefined {
  if (subject.kind !== 'message') return undefined;
  return (
    head.messages.find(({ id }) => id === subject.head) ?? base.messages.find(({ id }) => id === subject.base)
  );
}
