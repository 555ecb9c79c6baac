import { childPointer, isObject, type JsonValue, type Location } from '@chirograph/schema';
import type { Diagnostic, DiagnosticCode } from '../../diagnostics/index.ts';

import type { Major } from '../major-version.ts';

/**
 * What the standard demands of a document beyond the shape of its parts: that they fit one another. These rules look at
 * the text as it stands, before it is loaded into the model; each is what the official parser calls an error.
 */
export interface DocumentRule {
  readonly codes: readonly DiagnosticCode[];
  /** The major versions of AsyncAPI that it is about. */
  readonly versions: readonly Major[];
  readonly check: (document: Part, follow: Follow) => Iterable<Diagnostic>;
}

/** A value of a document and where it stands. */
export interface Part {
  readonly value: JsonValue;
  readonly at: Location;
}

/** The definition that a part stands for, undefined where its `$ref` leads nowhere. */
export type Follow = (part: Part) => Part | undefined;

/** The part at a path, null where there is none. References on the way are not followed. */
export function partAt({ value, at }: Part, ...path: readonly (string | number)[]): Part {
  let here: JsonValue | undefined = value;
  for (const key of path) {
    if (Array.isArray(here)) here = here[Number(key)] as JsonValue | undefined;
    else here = isObject(here) && Object.hasOwn(here, key) ? here[key] : undefined;
  }
  return { value: here ?? null, at: { file: at.file, pointer: childPointer(at.pointer, ...path) } };
}

/** The entries of a mapping or the items of a list, with their keys. */
export function entriesOf(part: Part): { readonly key: string; readonly part: Part }[] {
  const { value } = part;
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).map((key) => ({ key, part: partAt(part, key) }));
}

/** The items of a list; none of what is no list, where each of its keys would be taken for an item. */
export function itemsOf(part: Part): Part[] {
  return Array.isArray(part.value) ? entriesOf(part).map((it) => it.part) : [];
}

/** The keys of a mapping. */
export function keysOf({ value }: Part): string[] {
  return isObject(value) ? Object.keys(value) : [];
}

/** The names in braces: `{region}` in a URL or an address. */
export function variablesIn(text: JsonValue): string[] {
  return typeof text === 'string' ? [...text.matchAll(/\{(.+?)\}/g)].map(([, name]) => name!) : [];
}
