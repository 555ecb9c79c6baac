import { diagnose } from '../diagnostics/index.ts';
import { nodeId } from '../model/index.ts';
import type { AsyncApiVersion } from '../structure/index.ts';
import type { Loading, Written } from './loading.ts';
import { childAt, childrenAt } from './read.ts';

/**
 * Reports the components that nothing in the workspace refers to. All references must have been followed. A component
 * that is perhaps only unused because of another fault is left out: a reference that leads nowhere may have meant it.
 */
export function reportUnused(loading: Loading, document: Written, version: AsyncApiVersion): void {
  const components = childAt(document, 'components');
  for (const { key: kind } of childrenAt(document, 'components')) {
    // AsyncAPI 2 names security schemes by their keys, not by reference.
    if (kind.startsWith('x-') || (kind === 'securitySchemes' && version.startsWith('2.'))) continue;
    if (loading.lost.has(nodeId(childAt(components, kind).at))) continue;
    for (const { key, written } of childrenAt(components, kind)) {
      // A list of components that is kept elsewhere is read there.
      if (key === '$ref') break;
      if (loading.used.has(nodeId(written.at)) || isMentioned(loading, written, kind, key)) continue;
      loading.report(diagnose('component/unused', { ...written.at, part: 'key' }, { key, kind }));
    }
  }
}

/** True where something at fault may refer to it: a file that names it elsewhere, or a channel of its own document. */
function isMentioned(loading: Loading, { at }: Written, kind: string, key: string): boolean {
  const faults = [...loading.diagnostics.values()].filter((it) => it.severity === 'error').map((it) => it.at);
  const isCarried = ['channels', 'messages', 'operations'].includes(kind);
  if (isCarried && faults.some((it) => it.file === at.file && /^\/(channels|operations)\//.test(it.pointer)))
    return true;
  return [...new Set(faults.map(({ file }) => file))].some((file) => {
    const words = loading.sources.get(file)?.text.split(/[^\p{L}\p{N}_.-]+/u) ?? [];
    // Its own definition names it once.
    return words.filter((it) => it === key).length > (file === at.file ? 1 : 0);
  });
}
