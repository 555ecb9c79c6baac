import type { NodeId } from '@chirograph/contract/model';
import { reachableSchemas } from '@chirograph/schema';
import { flatten } from './flatten.ts';
import type { Scope } from './generator.ts';

/**
 * Whether a named schema is a kind of text of its own in code, where the options ask for that: text that is called an id,
 * or whose format is `uuid`.
 */
export function isBranded({ workspace, names, options }: Scope, schema: NodeId): boolean {
  if (options.ids !== 'branded') return false;
  const json = flatten(workspace, workspace.schemas[schema]?.json ?? true);
  if (typeof json === 'boolean' || json.type !== 'string' || OTHERWISE.some((it) => it in json)) return false;
  return json.format === 'uuid' || /Id$/.test(names.schemaType(schema));
}

const OTHERWISE = ['enum', 'const', 'anyOf', 'oneOf', 'allOf', 'nullable'];

/** The schemas of that kind which a scope's messages refer to, by the names of their types. */
export function brandedSchemas(scope: Scope): { readonly id: NodeId; readonly type: string }[] {
  if (scope.options.ids !== 'branded') return [];
  const roots = scope.messages.flatMap(({ payload, headers }) => [payload ?? [], headers ?? []].flat());
  const ids = new Set(roots.flatMap((it) => reachableSchemas(scope.workspace, it)));
  return [...ids]
    .filter((it) => isBranded(scope, it) && !roots.includes(it))
    .map((id) => ({ id, type: scope.names.schemaType(id) }))
    .sort((a, b) => (a.type < b.type ? -1 : 1));
}
