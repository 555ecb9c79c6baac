import { fieldSchemas, type Message, type NodeId, type Workspace } from '@chirograph/contract/model';
import { isObject } from '@chirograph/schema';

/** The headers of a message whose values are never text. They travel as JSON. */
export function jsonHeaders(workspace: Workspace, { headers }: Message): string[] {
  if (headers === undefined) return [];
  const names = fieldSchemas(workspace, headers, []).flatMap((it) =>
    typeof it === 'object' && isObject(it.properties) ? Object.keys(it.properties) : [],
  );
  return [...new Set(names)].filter((name) => isNeverText(workspace, headers, name)).sort();
}

function isNeverText(workspace: Workspace, headers: NodeId, name: string): boolean {
  return fieldSchemas(workspace, headers, [name]).some((it) => {
    if (typeof it === 'boolean') return false;
    const values = it.const !== undefined ? [it.const] : Array.isArray(it.enum) ? it.enum : [];
    return (
      (it.type !== undefined && ![it.type].flat().includes('string')) ||
      (values.length > 0 && values.every((value) => typeof value !== 'string'))
    );
  });
}
