import { isObject, type JsonSchema, type JsonValue, type SchemaObject } from '@chirograph/schema';
import { certainParts, namesIn, propertyIn, requiredIn, typesOf, VARYING } from '@chirograph/schema/combine';
import type { Gap } from './gap.ts';
import type { FieldChange, Reshaping } from './reshaping.ts';
import type { Workspace } from './workspace.ts';

/** What becomes of the values of a schema by an upcast: a schema that accepts at least all of them. */
export interface Image {
  readonly schema: JsonSchema;
  /** Why some values cannot be followed; then the schema says nothing. */
  readonly gaps: readonly Gap[];
}

/**
 * The image of an old payload. Properties that the old schema does not name are taken not to be there: senders send what
 * their contract names.
 */
export function imageOf(workspace: Workspace, old: JsonSchema, reshaping: Reshaping): Image {
  const gaps: Gap[] = [];
  const schema = objectImage({ workspace, old, gaps }, reshaping, []);
  return { schema, gaps };
}

interface Making {
  readonly workspace: Workspace;
  /** The whole old payload. */
  readonly old: JsonSchema;
  readonly gaps: Gap[];
}

function objectImage(
  making: Making,
  { of, without, fields }: Reshaping,
  path: readonly string[],
): JsonSchema {
  const source = of && sourceOf(making, of, path);
  const parts = source ? source.parts : [];
  const properties: Record<string, JsonSchema> = {};
  const required = new Set<string>();
  const needed = requiredIn(parts);
  for (const name of new Set([...namesIn(parts), ...needed])) {
    if (without.has(name)) continue;
    properties[name] = propertyIn(parts, name) ?? true;
    if (needed.has(name)) required.add(name);
  }
  for (const [name, change] of fields) {
    const { schema, isCertain } = fieldImage(making, change, {
      former: properties[name],
      isRequired: required.has(name),
      path: [...path, name],
    });
    properties[name] = schema;
    if (isCertain) required.add(name);
  }
  return {
    type: 'object',
    properties,
    required: [...required],
    additionalProperties: source?.others ?? false,
  };
}

interface Former {
  /** What is known of the value that the old object has under the same key; undefined where it has none. */
  readonly former: JsonSchema | undefined;
  readonly isRequired: boolean;
  readonly path: readonly string[];
}

function fieldImage(
  making: Making,
  { from, otherwise, always, inside }: FieldChange,
  { former, isRequired, path }: Former,
): { readonly schema: JsonSchema; readonly isCertain: boolean } {
  if (always) return { schema: { const: always.value }, isCertain: true };
  if (inside) return { schema: objectImage(making, inside, path), isCertain: true };
  const moved = from ? fieldAt(making, from, path) : undefined;
  const schema = moved?.schema ?? former;
  const isCertain = moved ? moved.isRequired : isRequired;
  if (!otherwise || (isCertain && schema !== undefined)) return { schema: schema ?? true, isCertain };
  const usual: JsonSchema = { const: otherwise.value };
  return { schema: schema === undefined ? usual : { anyOf: [schema, usual] }, isCertain: true };
}

/** An object of the old payload whose properties are taken over. */
function sourceOf(
  making: Making,
  of: readonly string[],
  path: readonly string[],
): { readonly parts: readonly SchemaObject[]; readonly others: JsonValue } | undefined {
  const { workspace, gaps } = making;
  const found = fieldAt(making, of, path);
  if (!found.isRequired) {
    gaps.push({ path, why: 'may be missing, and what is in it changes' });
    return undefined;
  }
  const parts = certainParts(workspace, found.schema) ?? [];
  const types = typesOf(parts);
  if (types?.size !== 1 || !types.has('object')) {
    gaps.push({ path, why: 'need not be an object, and what is in it changes' });
    return undefined;
  }
  const varying = UNFOLLOWED.find((keyword) => parts.some((it) => it[keyword] !== undefined));
  const open = parts.filter((it) => isObject(it.additionalProperties));
  if (varying !== undefined || open.length > 1 || (open.length === 1 && parts.length > 1)) {
    const keyword = varying ?? 'additionalProperties';
    gaps.push({ path, why: `has properties that depend on \`${keyword}\`` });
    return undefined;
  }
  return { parts, others: open[0]?.additionalProperties ?? false };
}

/** By these properties cannot be followed one by one. */
const UNFOLLOWED = ['anyOf', 'oneOf', ...VARYING];

interface Field {
  readonly schema: JsonSchema;
  /** Whether every old payload has it. */
  readonly isRequired: boolean;
}

function fieldAt({ workspace, old, gaps }: Making, from: readonly string[], path: readonly string[]): Field {
  let here: Field = { schema: old, isRequired: true };
  for (const name of from) {
    const parts = certainParts(workspace, here.schema) ?? [];
    const schema = propertyIn(parts, name);
    if (schema === undefined) {
      gaps.push({ path, why: `comes from \`/${from.join('/')}\`, which not every message may have` });
      return { schema: true, isRequired: false };
    }
    if (!here.isRequired) {
      gaps.push({ path, why: `comes from \`/${from.join('/')}\`, and what is around that may be missing` });
    }
    const isObjectHere = typesOf(parts)?.size === 1;
    here = { schema, isRequired: here.isRequired && isObjectHere && requiredIn(parts).has(name) };
  }
  return here;
}
