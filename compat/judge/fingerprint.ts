import { createHash } from 'node:crypto';
import { type Message, type NodeId, nodeId, type Workspace } from '@chirograph/contract/model';
import { isObject, type JsonValue } from '@chirograph/schema';
import type { Change, SchemaEdit } from '../change.ts';
import { meaningOf, signatures } from '../schemas/signature.ts';
import { jsonAt } from '../schemas/undo.ts';
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
  const told = definition ?? [subject.kind, ...who, field];
  const said = [code, subject.domain, ...told, from, to, contentOf(change, message, { head, base })];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 8);
}

/** What stands on both sides: one change is another one when something else has come, or was there, in the same place. */
function contentOf(change: Change, message: Message | undefined, { base, head }: States): readonly unknown[] {
  const { code, subject, edit, content } = change;
  if (content !== undefined) return content;
  const [part] = code.split('/');
  if (!edit && (part === 'payload' || part === 'headers')) {
    const whole = ({ messages, schemas }: Workspace, id: NodeId | undefined) => {
      const own = messages.find((it) => it.id === id);
      const root = own?.[part];
      return root === undefined ? (own?.foreignPayload ?? '') : signatures(schemas, 'validation')(root);
    };
    return [whole(base, subject.base), whole(head, subject.head)];
  }
  if (!edit) return [];
  const isShared = sharedDefinition(edit, message, { base, head }) !== undefined;
  const written = ({ schemas }: Workspace, places: SchemaEdit['base']) =>
    (isShared ? places.slice(0, 1) : places).flatMap((place) => {
      const json = jsonAt(schemas, place);
      return edit.keywords.flatMap((keyword) => {
        const value = json?.[keyword];
        return value === undefined
          ? []
          : [`${keyword} ${meaningOf(schemas, entriesOf(value, edit.entries))}`];
      });
    });
  return [written(base, edit.base), written(head, edit.head)];
}

/** The entries that were edited, where a keyword has entries by name. */
function entriesOf(value: JsonValue, entries: readonly string[] | undefined): JsonValue {
  if (entries === undefined) return value;
  if (Array.isArray(value))
    return value.filter(
      (it) =>
        entries.includes(typeof it === 'string' ? it : JSON.stringify(it)) ||
        entries.includes(JSON.stringify(it)),
    );
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => entries.includes(name)));
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
