import { childPointer, isObject, type Location, regExpOf, type SchemaObject } from '@chirograph/schema';
import { allOfParts } from '@chirograph/schema/combine';
import { oncePer, type Workspace } from '../model/index.ts';
import { isContradictory } from './contradiction.ts';
import { inAllSchemas } from './schema-nodes.ts';

/** A schema closed by `additionalProperties: false` that takes part in an `allOf` whose other parts describe more keys. */
export interface ClosedBranch {
  readonly schema: SchemaObject;
  readonly at: Location;
  /** The keys that others describe and that it refuses, in the order in which they are found. */
  readonly refused: ReadonlySet<string>;
}

/** The closed branches of a workspace, each once, however many schemas extend it; those that contradict another part are told there. */
export const closedBranchesIn = oncePer((workspace: Workspace): ReadonlyMap<SchemaObject, ClosedBranch> => {
  const found = inAllSchemas(
    workspace,
    'closed-branches',
    ({ schema, at }) => branchesOf(workspace, schema, at),
    ['allOf'],
  );
  const bySchema = Map.groupBy(
    found.filter((it) => !isContradictory(workspace, it.schema)),
    ({ schema }) => schema,
  );
  return new Map(
    [...bySchema].map(([schema, [first, ...others]]) => {
      const refused = new Set([first!, ...others].flatMap((it) => [...it.refused]));
      return [schema, { ...first!, refused }];
    }),
  );
});

function branchesOf(workspace: Workspace, schema: SchemaObject, at: Location): ClosedBranch[] {
  if (!Array.isArray(schema.allOf)) return [];
  const parts = allOfParts(workspace.schemas, schema);
  const closed = parts.filter(({ json }) => json.additionalProperties === false);
  if (closed.length === 0) return [];
  const described = new Set(
    parts.flatMap(({ json }) => Object.keys(isObject(json.properties) ? json.properties : {})),
  );
  return closed.flatMap(({ schema: id, path, json }) => {
    const refused = new Set([...described].filter((name) => isUnknownTo(json, name)));
    if (refused.size === 0) return [];
    const from = workspace.schemas[id]?.at ?? at;
    return [{ schema: json, at: { ...from, pointer: childPointer(from.pointer, ...path) }, refused }];
  });
}

function isUnknownTo({ properties, patternProperties }: SchemaObject, name: string): boolean {
  if (isObject(properties) && Object.hasOwn(properties, name)) return false;
  const patterns = Object.keys(isObject(patternProperties) ? patternProperties : {});
  return !patterns.some((pattern) => regExpOf(pattern)?.test(name));
}
