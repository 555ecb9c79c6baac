import { diagnose } from '../diagnostics/index.ts';
import { nodeId } from '../model/index.ts';
import type { AsyncApiVersion } from '../structure/index.ts';
import type { Loading, Written } from './loading.ts';
import { childAt, childrenAt } from './read.ts';

/** Reports the components that nothing in the workspace refers to. All references must have been followed. */
export function reportUnused(loading: Loading, document: Written, version: AsyncApiVersion): void {
  const components = childAt(document, 'components');
  for (const { key: kind } of childrenAt(document, 'components')) {
    // AsyncAPI 2 names security schemes by their keys, not by reference.
    if (kind.startsWith('x-') || (kind === 'securitySchemes' && version.startsWith('2.'))) continue;
    for (const { key, written } of childrenAt(components, kind)) {
      // A list of components that is kept elsewhere is read there.
      if (key === '$ref') break;
      if (loading.used.has(nodeId(written.at))) continue;
      loading.report(diagnose('component/unused', { ...written.at, part: 'key' }, { key, kind }));
    }
  }
}
