import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { isSchema, type JsonSchema, type SchemaObject, type Workspace } from '../../model/index.ts';
import { regExpOf } from '../../schema/index.ts';
import { isObject, type JsonValue } from '../../source/index.ts';
import { evaluatorOf } from '../evaluator-of.ts';
import type { Rule } from '../rule.ts';
import { conjuncts, inSchemas, type SchemaNode } from '../schema-nodes.ts';

/**
 * A schema that no value can meet makes a message that nobody can send. What is found is a contradiction, never a
 * guess; not every contradiction is found.
 */
export const satisfiable: Rule = {
  codes: ['schema/unsatisfiable'],
  check: (workspace) => inSchemas(workspace, 'satisfiable', (node) => check(workspace, node)),
};

function* check(workspace: Workspace, { schema, at, around }: SchemaNode): Iterable<Diagnostic> {
  // What contradicts itself within a part has been said of the part; what stands in an `allOf` is judged with it.
  if (around.length > 0) return;
  const parts = conjuncts(workspace, schema);
  const reason = contradiction(workspace, schema, parts);
  if (reason === undefined) return;
  if (typeof schema.$ref === 'string' && Object.keys(schema).length === 1) return;
  yield diagnose('schema/unsatisfiable', { ...at, part: 'key' }, { reason });
}

function contradiction(
  workspace: Workspace,
  schema: SchemaObject,
  parts: readonly SchemaObject[],
): string | undefined {
  const types = typesOf(parts);
  if (types.size === 0) return 'its types exclude one another';
  return (
    boundsOf(parts, types) ??
    choiceOf(workspace, schema, parts) ??
    (only(types, 'object') ? keysOf(parts) : undefined)
  );
}

const ALL = ['null', 'boolean', 'object', 'array', 'string', 'integer', 'number'];

/** The types that all parts allow; `number` stands for those that are no integers. */
function typesOf(parts: readonly SchemaObject[]): Set<string> {
  let types = new Set(ALL);
  for (const { type } of parts) {
    const named = [type].flat().filter((it): it is string => typeof it === 'string' && ALL.includes(it));
    if (named.length === 0) continue;
    const allowed = new Set(named.flatMap((it) => (it === 'number' ? ['number', 'integer'] : [it])));
    types = new Set([...types].filter((it) => allowed.has(it)));
  }
  return types;
}

function only(types: ReadonlySet<string>, ...names: readonly string[]): boolean {
  return [...types].every((it) => names.includes(it));
}

const BOUNDS = [
  { least: 'minimum', most: 'maximum', types: ['integer', 'number'] },
  { least: 'minLength', most: 'maxLength', types: ['string'] },
  { least: 'minItems', most: 'maxItems', types: ['array'] },
  { least: 'minProperties', most: 'maxProperties', types: ['object'] },
] as const;

function boundsOf(parts: readonly SchemaObject[], types: ReadonlySet<string>): string | undefined {
  for (const { least, most, types: about } of BOUNDS) {
    if (!only(types, ...about)) continue;
    const lower = Math.max(...parts.flatMap((it) => numberIn(it[least])));
    const upper = Math.min(...parts.flatMap((it) => numberIn(it[most])));
    if (lower > upper) return `\`${least}\` ${lower} is above \`${most}\` ${upper}`;
  }
  if (!only(types, 'integer', 'number')) return undefined;
  const lower = Math.max(...parts.flatMap((it) => numberIn(it.exclusiveMinimum)));
  const upper = Math.min(
    ...parts.flatMap((it) => [...numberIn(it.exclusiveMaximum), ...numberIn(it.maximum)]),
  );
  return lower >= upper ? `nothing is above ${lower} and not above ${upper}` : undefined;
}

function numberIn(value: JsonValue | undefined): number[] {
  return typeof value === 'number' ? [value] : [];
}

/** Of an `enum` or a `const`, at least one value must be what the rest of the schema wants. */
function choiceOf(
  workspace: Workspace,
  schema: SchemaObject,
  parts: readonly SchemaObject[],
): string | undefined {
  const candidates = parts.flatMap((it): (readonly JsonValue[])[] => [
    ...(Array.isArray(it.enum) ? [it.enum] : []),
    ...(it.const !== undefined ? [[it.const]] : []),
  ])[0];
  if (!candidates) return undefined;
  const evaluator = evaluatorOf(workspace);
  if (candidates.some((it) => evaluator.matches(schema, it))) return undefined;
  const texts = candidates.slice(0, 3).map((it) => `\`${JSON.stringify(it)}\``);
  return candidates.length === 1
    ? `${texts[0]} is not what the rest of it wants`
    : `none of ${texts.join(', ')}${candidates.length > 3 ? ' ...' : ''} is what the rest of it wants`;
}

/** A key that one part requires and another one, closed by `additionalProperties: false`, does not know. */
function keysOf(parts: readonly SchemaObject[]): string | undefined {
  const required = new Set(
    parts.flatMap((it) =>
      Array.isArray(it.required) ? it.required.filter((name) => typeof name === 'string') : [],
    ),
  );
  for (const name of required) {
    if (parts.some((it) => !allows(it, name)))
      return `it requires \`${name}\`, and a part of it allows no such key`;
  }
  return undefined;
}

function allows(part: SchemaObject, name: string): boolean {
  const own = isObject(part.properties) ? part.properties[name] : undefined;
  if (isSchema(own)) return (own as JsonSchema) !== false;
  if (part.additionalProperties !== false) return true;
  const patterns = Object.keys(isObject(part.patternProperties) ? part.patternProperties : {});
  return patterns.some((pattern) => regExpOf(pattern)?.test(name));
}
