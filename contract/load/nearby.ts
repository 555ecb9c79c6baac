import { suggest } from '../diagnostics/index.ts';
import { isObject, joinPointer, splitPointer } from '../source/index.ts';
import type { Loading } from './loading.ts';
import { childOf, refOf, resolveRef, targetOf } from './resolve.ts';

/**
 * The reference that was probably meant by one that leads nowhere: the same, with the first part that is missing spelt
 * as a neighbour of it.
 */
export function nearby(loading: Loading, ref: string, from: string): string | undefined {
  const target = targetOf(ref, from);
  if (target.kind !== 'location') return undefined;
  const { file, fragment } = target;
  if (loading.isMissing(file)) {
    const meant = suggest(file.split('/').at(-1) ?? file, loading.neighbours(file));
    return meant && ref.replace(/[^/#]*(#|$)/, (_, hash: string) => `${meant}${hash}`);
  }
  return nearbyPointer(loading, ref, file, fragment);
}

function nearbyPointer(loading: Loading, ref: string, file: string, fragment: string): string | undefined {
  const base = ref.split('#')[0] ?? '';
  if (fragment !== '' && !fragment.startsWith('/')) {
    const meant = `#/${fragment}`;
    return resolveRef(loading, meant, file).kind === 'definition' ? `${base}${meant}` : undefined;
  }
  const path = splitPointer(fragment);
  let written = { value: loading.document(file) ?? null, at: { file, pointer: '' } };
  for (const [depth, part] of path.entries()) {
    const inner = refOf(written.value);
    const resolution = inner === undefined ? undefined : resolveRef(loading, inner, written.at.file);
    if (resolution) {
      if (resolution.kind !== 'definition') return undefined;
      written = resolution.written;
    }
    const child = childOf(written.value, part);
    if (child === undefined) {
      const keys = isObject(written.value) ? Object.keys(written.value) : [];
      const meant = suggest(part, keys);
      return meant && `${base}#${joinPointer(path.with(depth, meant))}`;
    }
    written = { value: child, at: written.at };
  }
  return undefined;
}
