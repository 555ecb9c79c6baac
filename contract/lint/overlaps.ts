import {
  childPointer,
  fingerprint,
  isSchema,
  type JsonSchema,
  type JsonValue,
  type Location,
  type SchemaObject,
} from '@chirograph/schema';
import { certainParts, propertyIn, requiredIn, typesOf } from '@chirograph/schema/combine';
import { oncePer, type Workspace } from '../model/index.ts';
import { declaredOf, documentOf, isContained, sampleOf } from './containment-of.ts';
import { isPartMissing } from './missing-parts.ts';
import { inSchemas, type SchemaNode } from './schema-nodes.ts';

/** An alternative that is never chosen, the other one that its values match, and one of them. */
export interface Overlap {
  readonly schema: SchemaObject;
  readonly at: Location;
  readonly index: number;
  readonly other: number;
  readonly value: JsonValue;
  /** Whether properties that nothing describes may tell them apart: what holds none of those matches both. */
  readonly isDeclared: boolean;
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
  // What a lost reference allows is not known: nothing is said of an alternative that rests on one.
  const isKnown = all.map(
    (it, index) => !isPartMissing(workspace, owner, childPointer(at.pointer, 'oneOf', index), it),
  );
  const document = (index: number) => documentOf(workspace, all[index]!, dialect);
  const declared = (index: number) => declaredOf(workspace, all[index]!, dialect);
  const texts = all.map((it) => fingerprint(it as JsonValue));
  const isWithin = (index: number, other: number, isDeclared: boolean) =>
    texts[index] === texts[other] ||
    (all.length <= FEW &&
      mayOverlap(workspace, all[index]!, all[other]!) &&
      isContained(isDeclared ? declared(index) : document(index), document(other)));
  const found: Overlap[] = [];
  for (const isDeclared of [false, true])
    for (const index of all.keys()) {
      const told = new Set(found.map((it) => it.index));
      if (told.has(index) || !isKnown[index]) continue;
      const others = [...all.keys()].filter((it) => it !== index && isKnown[it] && !told.has(it));
      const other = others.find((it) => isWithin(index, it, isDeclared));
      // What nothing matches is within everything; that it is empty is another fault.
      const value =
        other === undefined ? undefined : sampleOf(isDeclared ? declared(index) : document(index));
      if (other !== undefined && value !== undefined)
        found.push({ schema, at, index, other, value, isDeclared });
    }
  return found;
}

/** False for schemas whose types differ, or one field's value: most alternatives do, and need not be decided. */
function mayOverlap(workspace: Workspace, a: JsonSchema, b: JsonSchema): boolean {
  const [left, right] = [certainParts(workspace, a), certainParts(workspace, b)];
  if (!left || !right) return true;
  const [types, others] = [typesOf(left), typesOf(right)];
  if (types && others && [...types].every((it) => !others.has(it))) return false;
  const shared = [...requiredIn(left)].filter((it) => requiredIn(right).has(it));
  return shared.every((name) => {
    const [values, otherValues] = [left, right].map((it) => allowedAt(workspace, it, name));
    return !values || !otherValues || [...values].some((it) => otherValues.has(it));
  });
}

/** The values that one field may have, as text; undefined where they are not listed. */
function allowedAt(
  workspace: Workspace,
  parts: readonly SchemaObject[],
  name: string,
): ReadonlySet<string> | undefined {
  const field = certainParts(workspace, propertyIn(parts, name) ?? true) ?? [];
  const listed = field.flatMap((it) =>
    'const' in it ? [[it.const!]] : Array.isArray(it.enum) ? [it.enum] : [],
  );
  return listed[0] && new Set(listed[0].map((it) => fingerprint(it as JsonValue)));
}
