import { joinPointer, splitPointer } from '@chirograph/schema';
import { type Diagnostic, diagnose } from '../diagnostics/index.ts';
import { nodeId } from '../model/index.ts';
import type { Loading, LostReference, Meant } from './loading.ts';

/**
 * Reports the references that lead nowhere: those of one file to one missing thing together, and where the thing is there
 * under a misspelt name that nobody uses, the name instead. All references must have been followed.
 * @param parts who followed them
 */
export function reportLost(loading: Loading, parts: readonly Followed[]): void {
  const lost = [...loading.unresolved.values()];
  for (const [, group] of Map.groupBy(lost, ({ ref, at, meant }) => meant?.missing ?? `${at.file} ${ref}`)) {
    const meant = group[0]?.meant;
    if (meant && isReported(loading, meant)) continue;
    if (meant && group.length > 1 && meant.name !== undefined && !isUsed(parts, meant))
      loading.report(misnamed(meant, meant.name, group));
    else for (const [, own] of Map.groupBy(group, ({ at }) => at.file)) loading.report(together(own));
  }
}

type Followed = Pick<Loading, 'resolutions'> & { readonly suggested: ReadonlySet<string> };

/** True where the misspelt key has been reported where it stands: `chanels` for `channels`. */
function isReported(loading: Loading, { definition }: Meant): boolean {
  return (
    definition !== undefined &&
    [...loading.diagnostics.values()].some(
      ({ code, at }) => code === 'document/unknown-key' && nodeId(at) === nodeId(definition),
    )
  );
}

/** True where something refers to what was meant, or into it, by its own name. */
function isUsed(parts: readonly Followed[], { definition }: Meant): boolean {
  if (!definition) return true;
  return parts.some(({ resolutions, suggested }) =>
    [...resolutions].some(([key, resolution]) => {
      if (suggested.has(key) || resolution.kind !== 'definition') return false;
      const { file, pointer } = resolution.written.at;
      return file === definition.file && `${pointer}/`.startsWith(`${definition.pointer}/`);
    }),
  );
}

function misnamed({ definition, missing }: Meant, name: string, group: readonly LostReference[]): Diagnostic {
  const wanted = splitPointer(missing.slice(missing.indexOf('#') + 1)).at(-1) ?? '';
  const place = {
    file: definition?.file ?? '',
    pointer: definition?.pointer ?? joinPointer([name]),
    part: 'key',
  } as const;
  return diagnose('reference/misnamed-target', place, { name, wanted, times: group.length }, here(group));
}

function together(group: readonly LostReference[]): Diagnostic {
  const [first, ...others] = group;
  const { ref, at, meant } = first!;
  return diagnose(
    'reference/unresolved',
    at,
    { ref, suggestion: meant?.ref, others: others.length },
    here(others),
  );
}

const SHOWN = 5;

function here(references: readonly LostReference[]): Diagnostic['related'] {
  return references.slice(0, SHOWN).map(({ at }) => ({ message: 'a reference to it', at }));
}
