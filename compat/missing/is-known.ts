import { type Message, nodeId, oncePer, type Workspace } from '@chirograph/contract/model';
import type { Location } from '@chirograph/schema';
import type { Change } from '../change.ts';
import type { States } from '../judge/affected-operations.ts';

/**
 * Whether a fact is one in spite of what is missing: where a reference in a document does not resolve, what seems to have
 * gone from it, or come to it, may be behind the reference.
 */
export function isKnown(change: Change, { base, head }: States): boolean {
  const sides = [
    {
      own: base,
      other: head,
      id: change.subject.base,
      partner: change.subject.head,
      messages: change.subject.messages?.base,
    },
    {
      own: head,
      other: base,
      id: change.subject.head,
      partner: change.subject.base,
      messages: change.subject.messages?.head,
    },
  ];
  if ((base.missing ?? []).length === 0 && (head.missing ?? []).length === 0) return true;
  const [part] = change.code.split('/');
  if (part === 'payload' || part === 'headers') {
    return sides.every(({ own, id }) => {
      const message = own.messages.find((it) => it.id === id);
      return message === undefined || !isPartMissing(own, message, part);
    });
  }
  return sides.every(({ own, other, id, partner, messages = [] }) => {
    if (id === undefined) return true;
    if (structuralPlaces(own).some((it) => isWithin(it, id))) return false;
    if (partner !== undefined && !/removed|moved|added|joined/.test(change.code)) return true;
    // It is not there on the other side, or not as it was: is everything known there in which it could be?
    const files = new Set([id, ...messages].flatMap((it) => [fileOf(it), ...usersOf(own, it)]));
    return !structuralPlaces(other).some(({ file }) => files.has(file));
  });
}

/** Whether the payload, or the headers, of a message are behind a reference that does not resolve. */
export function isPartMissing(workspace: Workspace, message: Message, part: 'payload' | 'headers'): boolean {
  const layers = message.layers?.map(({ at }) => at) ?? [message.at];
  return (
    message[part] === undefined &&
    (workspace.missing ?? []).some(
      (place) =>
        layers.some(({ file, pointer }) =>
          isWithin(place, nodeId({ file, pointer: `${pointer}/${part}` })),
        ) || isWithin(place, nodeId({ file: message.at.file, pointer: `${message.at.pointer}/traits` })),
    )
  );
}

/** The places at which something is missing that is no schema, nor a part of one. */
const structuralPlaces = oncePer(({ missing = [], schemas }: Workspace): readonly Location[] => {
  const inSchemas = new Set(Object.values(schemas).flatMap((it) => (it.missing ?? []).map(nodeId)));
  return missing.filter(
    (it) =>
      !inSchemas.has(nodeId(it)) &&
      !/\/(payload|headers|examples)(\/|$)|^\/components\/schemas\//.test(it.pointer),
  );
});

function isWithin({ file, pointer }: Location, id: string): boolean {
  return `${nodeId({ file, pointer })}/`.startsWith(`${id}/`);
}

function fileOf(id: string): string {
  return id.split('#')[0] ?? id;
}

/** The documents of the services that send or receive a message. */
function usersOf({ operations }: Workspace, id: string): string[] {
  return operations
    .filter(({ messages, reply }) => messages.includes(id) || reply?.messages.includes(id))
    .map(({ service }) => fileOf(service));
}
