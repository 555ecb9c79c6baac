/**
 * Source is the floor under the model: text, the value it denotes, and where each part of the value stands.
 * Values are parsed at once; positions only when somebody asks for one.
 */

/** One file of the workspace as it was read. `file` is relative to the workspace root, with forward slashes. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** Any value that YAML's core schema or JSON can denote. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** True for mappings: not null, not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
