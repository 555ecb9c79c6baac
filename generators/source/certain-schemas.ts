import type { NodeId, Workspace } from '@chirograph/contract/model';
import type { SchemaObject } from '@chirograph/schema';
import { allOfParts, childrenAt } from '@chirograph/schema/combine';

/**
 * The schemas that every value at a path must meet: through `$ref` and `allOf`, but not through the branches of `anyOf`,
 * `oneOf` and `if`, of which a value may take another.
 */
export function certainSchemas(
  { schemas }: Workspace,
  root: NodeId,
  path: readonly string[],
): readonly SchemaObject[] {
  const here = path.reduce(
    (parts, name) => childrenAt(schemas, parts, 'properties', name),
    allOfParts(schemas, { $ref: root }),
  );
  return here.map((it) => it.json);
}
