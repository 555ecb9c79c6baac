import { childPointer, isObject, type JsonObject, type JsonValue } from '@chirograph/schema';
import { writtenKey } from '../structure/index.ts';
import type { Located } from './located.ts';

/** Tolerant reading: whatever has not the wished shape reads as absent. Wrong shapes are reported elsewhere. */

export function textAt(value: JsonValue | undefined, key: string): string | undefined {
  const text = memberOf(value, key);
  return typeof text === 'string' ? text : undefined;
}

export function objectAt(value: JsonValue | undefined, key: string): JsonObject {
  const object = memberOf(value, key);
  return isObject(object) ? object : {};
}

export function listAt(value: JsonValue | undefined, key: string): readonly JsonValue[] {
  const list = memberOf(value, key);
  return Array.isArray(list) ? list : [];
}

export function textsAt(value: JsonValue | undefined, key: string): string[] {
  return listAt(value, key).filter((it) => typeof it === 'string');
}

/** What an object has at a key, or at one that was misspelt for it. */
export function memberOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) ? value[writtenKey(value, key)] : undefined;
}

/** What stands at a key, null where nothing does, and where it is written. */
export function childAt({ value, at }: Located, key: string | number): Located {
  const written = writtenKey(value, String(key));
  const child = Array.isArray(value) ? value[Number(key)] : memberOf(value, written);
  return {
    value: (child ?? null) as JsonValue,
    at: { file: at.file, pointer: childPointer(at.pointer, written) },
  };
}

/** The entries of a mapping (or of a list) at a key, each with where it is written. */
export function childrenAt(
  { value, at }: Located,
  key: string,
): { readonly key: string; readonly written: Located }[] {
  const container = memberOf(value, key);
  if (typeof container !== 'object' || container === null) return [];
  return Object.entries(container).map(([name, child]) => ({
    key: name,
    written: {
      value: child as JsonValue,
      at: { file: at.file, pointer: childPointer(at.pointer, writtenKey(value, key), name) },
    },
  }));
}

/** Only the fields that have a value: `{ a: undefined }` becomes `{}`. */
export function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
