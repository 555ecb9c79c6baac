import { diagnose } from '../diagnostics/index.ts';
import { nodeId } from '../model/index.ts';
import type { Loading, Written } from './loading.ts';
import type { Part } from './part.ts';
import { childAt, childrenAt } from './read.ts';

/**
 * Reports the components that nothing in the workspace refers to. All references must have been followed. A component
 * that is perhaps only unused because of another fault is left out: a reference that leads nowhere may have meant it.
 */
export function reportUnused(loading: Loading, parts: readonly Part[]): void {
  // Most workspaces have no use for it.
  let faulty: Faulty | undefined;
  for (const { document, version } of parts) {
    if (!version) continue;
    const components = childAt(document, 'components');
    for (const { key: kind } of childrenAt(document, 'components')) {
      // AsyncAPI 2 names security schemes by their keys, not by reference.
      if (kind.startsWith('x-') || (kind === 'securitySchemes' && version.startsWith('2.'))) continue;
      if (loading.lost.has(nodeId(childAt(components, kind).at))) continue;
      for (const { key, written } of childrenAt(components, kind)) {
        // A list of components that is kept elsewhere is read there.
        if (key === '$ref') break;
        if (loading.used.has(nodeId(written.at))) continue;
        faulty ??= faultyIn(loading);
        if (isMentioned(faulty, written, kind, key)) continue;
        loading.report(diagnose('component/unused', { ...written.at, part: 'key' }, { key, kind }));
      }
    }
  }
}

/** The files with errors in them. */
interface Faulty {
  /** Those whose channels or operations have some. */
  readonly carriers: ReadonlySet<string>;
  /** By each word that they hold: how often which file does. */
  readonly words: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

function faultyIn(loading: Loading): Faulty {
  const faults = [...loading.diagnostics.values()].filter((it) => it.severity === 'error').map((it) => it.at);
  const carriers = faults.filter((it) => /^\/(channels|operations)\//.test(it.pointer));
  const words = new Map<string, Map<string, number>>();
  for (const file of new Set(faults.map((it) => it.file))) {
    for (const word of loading.sources.get(file)?.text.split(/[^\p{L}\p{N}_.-]+/u) ?? []) {
      const counts = words.get(word) ?? new Map<string, number>();
      words.set(word, counts.set(file, (counts.get(file) ?? 0) + 1));
    }
  }
  return { carriers: new Set(carriers.map((it) => it.file)), words };
}

/** True where something at fault may refer to it: a file that names it elsewhere, or a channel of its own document. */
function isMentioned({ carriers, words }: Faulty, { at }: Written, kind: string, key: string): boolean {
  if (['channels', 'messages', 'operations'].includes(kind) && carriers.has(at.file)) return true;
  // Its own definition names it once.
  return [...(words.get(key) ?? [])].some(([file, count]) => count > (file === at.file ? 1 : 0));
}
