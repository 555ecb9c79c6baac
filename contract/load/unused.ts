import { diagnose } from '../diagnostics/index.ts';
import { nodeId } from '../model/index.ts';
import { majorVersionOf } from '../structure/index.ts';
import type { DocumentResult } from './document-result.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { childAt, childrenAt } from './read.ts';

/**
 * Reports the components that nothing in the workspace refers to. All references must have been followed. A component
 * that is perhaps only unused because of another fault is left out: a reference that leads nowhere may have meant it.
 */
export function reportUnused(context: LoadContext, results: readonly DocumentResult[]): void {
  // Most workspaces have no use for it.
  let faulty: Faulty | undefined;
  for (const { document, version } of results) {
    if (!version) continue;
    const { securitySchemesBy } = majorVersionOf(version);
    const components = childAt(document, 'components');
    for (const { key: kind } of childrenAt(document, 'components')) {
      if (kind.startsWith('x-') || (kind === 'securitySchemes' && securitySchemesBy === 'key')) continue;
      if (context.references.hasLostInto(nodeId(childAt(components, kind).at))) continue;
      for (const { key, written } of childrenAt(components, kind)) {
        // A list of components that is kept elsewhere is read there.
        if (key === '$ref') break;
        if (context.references.isUsed(nodeId(written.at))) continue;
        faulty ??= faultyIn(context);
        if (isMentioned(faulty, written, kind, key)) continue;
        context.report(diagnose('component/unused', { ...written.at, part: 'key' }, { key, kind }));
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

function faultyIn(context: LoadContext): Faulty {
  const faults = context.nodes.diagnostics.filter((it) => it.severity === 'error').map((it) => it.at);
  const carriers = faults.filter((it) => /^\/(channels|operations)\//.test(it.pointer));
  const words = new Map<string, Map<string, number>>();
  for (const file of new Set(faults.map((it) => it.file))) {
    for (const word of context.inputs.source(file)?.text.split(/[^\p{L}\p{N}_.-]+/u) ?? []) {
      const counts = words.get(word) ?? new Map<string, number>();
      words.set(word, counts.set(file, (counts.get(file) ?? 0) + 1));
    }
  }
  return { carriers: new Set(carriers.map((it) => it.file)), words };
}

/** True where something at fault may refer to it: a file that names it elsewhere, or a channel of its own document. */
function isMentioned({ carriers, words }: Faulty, { at }: Located, kind: string, key: string): boolean {
  if (['channels', 'messages', 'operations'].includes(kind) && carriers.has(at.file)) return true;
  // Its own definition names it once.
  return [...(words.get(key) ?? [])].some(([file, count]) => count > (file === at.file ? 1 : 0));
}
