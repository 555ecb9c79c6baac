import type { MessagePath } from '@chirograph/contract/model';
import { isObject, type JsonObject, type JsonValue } from '@chirograph/schema';
import type { KnownMessage } from '../contracts/contracts.ts';

/** Whether a place in the payload belongs to the envelope, `data` aside. */
export function isEnvelope({ contract }: KnownMessage, path: readonly string[]): boolean {
  return Object.values(contract.envelope).some(
    (part: MessagePath) =>
      part.in === 'payload' && part.path.length === path.length && part.path.every((it, i) => it === path[i]),
  );
}

/** What a message says, without its envelope. */
export function factsOf(known: KnownMessage, payload: unknown): JsonObject {
  const strip = (value: JsonValue, path: readonly string[]): JsonValue => {
    if (!isObject(value)) return value;
    const own = Object.entries(value).filter(([name]) => !isEnvelope(known, [...path, name]));
    return Object.fromEntries(own.map(([name, it]) => [name, strip(it, [...path, name])]));
  };
  const facts = isObject(payload) ? strip(payload, []) : {};
  return isObject(facts) ? facts : {};
}

/**
 * What was said of a field: the value of its name, whatever the case (`orderId`, `order_id`), or of the end of its name
 * (`related_order_id`), where that is two words or more. The latest word counts, within one message the least deep; in
 * lists, the first item speaks.
 */
export function recall(facts: readonly JsonObject[], name: string): JsonValue | undefined {
  const words = wordsOf(name);
  const shortest = ANOTHER.test(words[0] ?? '') ? words.length : Math.min(2, words.length);
  for (let length = words.length; length >= shortest; length -= 1) {
    const wanted = words.slice(-length).join(' ');
    for (const fact of facts) {
      const told = find(fact, wanted);
      if (told !== undefined) return told;
    }
  }
  return undefined;
}

/** Words that say that another thing of the same kind is meant. */
const ANOTHER = /^(original|previous|former|old|new|next|parent|other|replaced)$/;

function find(fact: JsonObject, wanted: string): JsonValue | undefined {
  let level: readonly JsonObject[] = [fact];
  while (level.length > 0) {
    for (const holder of level) {
      const name = Object.keys(holder).find((it) => wordsOf(it).join(' ') === wanted);
      if (name !== undefined) return holder[name];
    }
    level = level.flatMap((it) => Object.values(it).flatMap(objectIn));
  }
  return undefined;
}

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

function objectIn(value: JsonValue): readonly JsonObject[] {
  const first: JsonValue | undefined = Array.isArray(value) ? value[0] : value;
  return isObject(first) ? [first] : [];
}
