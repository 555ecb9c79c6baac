import type { NodeId, Workspace } from '@chirograph/contract/model';
import { isObject, isSchema, type JsonSchema, joinPointer, type SchemaObject } from '@chirograph/schema';
import { flatten } from './flatten.ts';

/** Thrown where text cannot become dates: the types would say `Date` of what stays text, or the other way round. */
export class AmbiguousDatesError extends Error {
  override readonly name = 'AmbiguousDatesError';
}

/** What text at a place is: a date, or other text. */
type Text = 'date' | 'other';

/**
 * JSON pointers to the text of format `date-time` in whatever a schema describes, `*` standing for every item or key.
 * Throws `AmbiguousDatesError` where one place holds a date in one branch and other text in another, and where a schema with
 * dates contains itself.
 */
export function datePaths(workspace: Workspace, schema: NodeId): string[] {
  const texts = textsOf({ workspace, root: schema }, { $ref: schema }, []);
  return [...texts].flatMap(([path, text]) => (text === 'date' ? [path] : []));
}

interface Walk {
  readonly workspace: Workspace;
  readonly root: NodeId;
}

/** The text that a schema knows of, by the pointers that lead there. */
function textsOf(walk: Walk, said: JsonSchema, within: readonly NodeId[]): Map<string, Text> {
  const schema = flatten(walk.workspace, said);
  if (typeof schema === 'boolean') return new Map();
  if (typeof schema.$ref === 'string') return textsOfReference(walk, schema.$ref, within);
  const all = listOf(schema.allOf).map((it) => textsOf(walk, it, within));
  const branches = ['anyOf', 'oneOf'].map((keyword) =>
    either(
      walk,
      listOf(schema[keyword]).map((it) => textsOf(walk, it, within)),
    ),
  );
  return both([
    ownText(schema),
    ...childrenOf(schema).map(({ step, schema: inner }) => below(step, textsOf(walk, inner, within))),
    ...all,
    ...branches,
  ]);
}

function textsOfReference(walk: Walk, id: NodeId, within: readonly NodeId[]): Map<string, Text> {
  if (within.includes(id)) {
    // What is not followed is not revived: that is no loss where there are no dates.
    if (!hasDates(walk.workspace, id)) return new Map();
    throw new AmbiguousDatesError(`${id} has dates and contains itself`);
  }
  return textsOf(walk, walk.workspace.schemas[id]?.json ?? true, [...within, id]);
}

function hasDates(workspace: Workspace, id: NodeId, seen = new Set<NodeId>()): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const visit = (schema: JsonSchema): boolean => {
    if (typeof schema === 'boolean') return false;
    if (typeof schema.$ref === 'string') return hasDates(workspace, schema.$ref, seen);
    const inner = [
      ...childrenOf(schema).map((it) => it.schema),
      ...['allOf', 'anyOf', 'oneOf'].flatMap((it) => listOf(schema[it])),
    ];
    return isDate(schema) || inner.some(visit);
  };
  return visit(workspace.schemas[id]?.json ?? true);
}

/** Whether a schema by itself is text of format `date-time`. */
export function isDate({ type, format, enum: values, const: value }: SchemaObject): boolean {
  return (
    format === 'date-time' && values === undefined && value === undefined && [type].flat().includes('string')
  );
}

function ownText(schema: SchemaObject): Map<string, Text> {
  if (isDate(schema)) return new Map([['', 'date']]);
  const isText =
    [schema.type].flat().includes('string') || typeof schema.const === 'string' || Array.isArray(schema.enum);
  return isText ? new Map([['', 'other']]) : new Map();
}

function childrenOf(schema: SchemaObject): { readonly step: string; readonly schema: JsonSchema }[] {
  const { properties, additionalProperties, patternProperties, items, prefixItems, additionalItems } = schema;
  const named = isObject(properties) ? Object.entries(properties) : [];
  const tuple = Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : [];
  const patterns = isObject(patternProperties) ? Object.values(patternProperties) : [];
  const others = [additionalProperties, ...patterns, ...(Array.isArray(items) ? [additionalItems] : [items])];
  return [
    ...named.map(([name, schema]) => ({ step: joinPointer([name]), schema })),
    ...tuple.map((schema, i) => ({ step: `/${i}`, schema })),
    ...others.map((schema) => ({ step: '/*', schema })),
  ].flatMap(({ step, schema }) => (isSchema(schema) ? [{ step, schema }] : []));
}

function below(step: string, texts: ReadonlyMap<string, Text>): Map<string, Text> {
  return new Map([...texts].map(([path, text]) => [`${step}${path}`, text]));
}

/** What holds at once: text of which one part says that it is a date is one. */
function both(parts: readonly ReadonlyMap<string, Text>[]): Map<string, Text> {
  const merged = new Map<string, Text>();
  for (const [path, text] of parts.flatMap((it) => [...it])) {
    if (merged.get(path) !== 'date') merged.set(path, text);
  }
  return merged;
}

/** What holds in one branch or another. */
function either({ root }: Walk, branches: readonly ReadonlyMap<string, Text>[]): Map<string, Text> {
  const merged = new Map<string, Text>();
  for (const [path, text] of branches.flatMap((it) => [...it])) {
    const known = merged.get(path);
    if (known !== undefined && known !== text) {
      throw new AmbiguousDatesError(
        `${root} holds at ${path || 'its root'} a date in one branch and other text in another`,
      );
    }
    merged.set(path, text);
  }
  return merged;
}

function listOf(value: unknown): JsonSchema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}
