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
      if (loading.used.has(nodeId(written.at)) || isMentioned(loading, written, key)) continue;
      loading.report(diagnose('component/unused', { ...written.at, part: 'key' }, { key, kind }));
    }
  }
}

/** True where its own file is at fault, or another that is at fault names it. */
function isMentioned(loading: Loading, { at }: Written, key: string): boolean {
  const faulty = new Set(
    [...loading.diagnostics.values()].flatMap((it) => (it.severity === 'error' ? [it.at.file] : [])),
  );
  if (faulty.has(at.file)) return true;
  return [...faulty].some((file) =>
    loading.sources
      .get(file)
      ?.text.split(/[^\p{L}\p{N}_.-]+/u)
      .includes(key),
  );
}
