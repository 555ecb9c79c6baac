import {
  fingerprint,
  isSchema,
  type JsonSchema,
  type JsonValue,
  type Location,
  type SchemaObject,
} from '@chirograph/schema';
import { oncePer, type Workspace } from '../model/index.ts';
import { documentOf, isContained, sampleOf } from './containment-of.ts';
import { inSchemas, type SchemaNode } from './schema-nodes.ts';

/** An alternative that is never chosen, the other one that its values match, and one of them. */
export interface Overlap {
  readonly schema: SchemaObject;
  readonly at: Location;
  readonly index: number;
  readonly other: number;
  readonly value: JsonValue;
}

/** So many alternatives are compared each with each; more only for being the same. */
const FEW = 12;

/** The alternatives of a workspace's `oneOf`s that are never chosen, by the schemas that have them. */
export const overlapsIn = oncePer((workspace: Workspace): ReadonlyMap<SchemaObject, readonly Overlap[]> => {
  const found = inSchemas(workspace, 'overlaps', (node) => overlapsOf(workspace, node), ['oneOf']);
  return Map.groupBy(found, ({ schema }) => schema);
});

function overlapsOf(workspace: Workspace, { schema, owner, at }: SchemaNode): Overlap[] {
  const dialect = workspace.schemas[owner]?.dialect ?? 'draft-07';
  const all = Array.isArray(schema.oneOf) ? schema.oneOf.filter(isSchema) : [];
  if (all.length < 2) return [];
  const documents = all.map((it) => documentOf(workspace, it, dialect));
  const texts = all.map((it) => fingerprint(it as JsonValue));
  const isWithin = (index: number, other: number) =>
    texts[index] === texts[other] ||
    (all.length <= FEW &&
      mayOverlap(documents[index]!, documents[other]!) &&
      isContained(documents[index]!, documents[other]!));
  const found: Overlap[] = [];
  for (const index of all.keys()) {
    const told = new Set(found.map((it) => it.index));
    const other = [...all.keys()].find((it) => it !== index && !told.has(it) && isWithin(index, it));
    // What nothing matches is within everything; that it is empty is another fault.
    const value = other === undefined ? undefined : sampleOf(documents[index]!);
    if (other !== undefined && value !== undefined) found.push({ schema, at, index, other, value });
  }
  return found;
}

/** False for schemas whose types differ: most alternatives do, and need not be decided. */
function mayOverlap(a: JsonSchema, b: JsonSchema): boolean {
  const [left, right] = [typesOf(a), typesOf(b)];
  if (!left || !right) return true;
  return left.some((it) => right.includes(it) || (it === 'integer' && right.includes('number')));
}

function typesOf(schema: JsonSchema): readonly unknown[] | undefined {
  const type = typeof schema === 'boolean' ? undefined : schema.type;
  return type === undefined ? undefined : [type].flat();
}
