import type { NodeId, Workspace } from '@chirograph/contract/model';
import { isObject, type JsonValue, joinPointer, splitPointer } from '@chirograph/schema';
import { bundle } from '../schema/bundle.ts';
import type { Example, Field, InvalidExample, SchemaRecord } from './catalog.ts';
import { fieldsOf } from './fields.ts';

/** A schema as one document that stands alone. */
export function schemaRecord(
  workspace: Workspace,
  root: NodeId | undefined,
  title: string,
): SchemaRecord | undefined {
  const schema = root === undefined ? undefined : bundle(workspace.schemas, root, title);
  return schema && { schema };
}

/**
 * The first example with one field made wrong, so that its schema refuses it for certain: a number written as text, else a
 * required field left out. What is said in the message comes before its envelope.
 */
export function invalidExample(
  [example]: readonly Example[],
  payload: SchemaRecord | undefined,
  data: string | undefined,
): InvalidExample | undefined {
  if (example?.payload === undefined || !payload) return undefined;
  const fields = fieldsOf(payload.schema);
  const inner = fields.find((it) => `/${it.name}` === data);
  const places = [
    ...(inner?.fields ?? []).map((field) => ({ field, path: [inner?.name ?? '', field.name] })),
    ...fields.map((field) => ({ field, path: [field.name] })),
  ];
  const rejected = [asText, leftOut].flatMap((change) =>
    places.flatMap(({ field, path }) => change(example.payload ?? null, field, path) ?? []),
  );
  return rejected[0];
}

function asText(payload: JsonValue, field: Field, path: readonly string[]): InvalidExample | undefined {
  const value = path.reduce<JsonValue | undefined>(member, payload);
  const isNumber = (field.type === 'integer' || field.type === 'number') && typeof value === 'number';
  if (!isNumber) return undefined;
  return {
    at: joinPointer(path),
    value: String(value),
    reason: `must be ${field.type === 'integer' ? 'an integer' : 'a number'}; it is a string`,
  };
}

function leftOut(payload: JsonValue, field: Field, path: readonly string[]): InvalidExample | undefined {
  const isThere = path.reduce<JsonValue | undefined>(member, payload) !== undefined;
  if (!field.required || !isThere) return undefined;
  return {
    at: joinPointer(path),
    reason: 'is required and missing',
  };
}

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The message that an invalid example stands for, made of the first example. */
export function rejectedExample(example: JsonValue, { at, value }: InvalidExample): JsonValue {
  return withValue(example, splitPointer(at), value);
}

function withValue(
  value: JsonValue,
  [name = '', ...rest]: readonly string[],
  next: JsonValue | undefined,
): JsonValue {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, old]): [string, JsonValue][] => {
    if (key !== name) return [[key, old]];
    const changed = rest.length === 0 ? next : withValue(old, rest, next);
    return changed === undefined ? [] : [[key, changed]];
  });
  return Object.fromEntries(entries);
}
