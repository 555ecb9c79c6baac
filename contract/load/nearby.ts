import { childPointer, isObject, joinPointer, splitPointer } from '@chirograph/schema';
import { suggest } from '../diagnostics/index.ts';
import type { Loading, Meant } from './loading.ts';
import { childOf, refOf, resolveRef, targetOf } from './resolve.ts';

/** What a reference that leads nowhere was to lead to. */
export function nearby(loading: Loading, ref: string, from: string): Meant | undefined {
  const target = targetOf(ref, from);
  if (target.kind !== 'location') return undefined;
  const { file, fragment } = target;
  if (loading.isMissing(file)) {
    const meant = suggest(file.split('/').at(-1) ?? file, loading.neighbours(file));
    return meant === undefined
      ? { missing: file }
      : { missing: file, ref: ref.replace(/[^/#]*(#|$)/, (_, hash: string) => `${meant}${hash}`) };
  }
  return nearbyPointer(loading, ref, file, fragment);
}

function nearbyPointer(loading: Loading, ref: string, file: string, fragment: string): Meant | undefined {
  const base = ref.split('#')[0] ?? '';
  if (fragment !== '' && !fragment.startsWith('/')) {
    const meant = `#/${fragment}`;
    const isThere = resolveRef(loading, meant, file).kind === 'definition';
    return { missing: `${file}#${fragment}`, ...(isThere && { ref: `${base}${meant}` }) };
  }
  const path = splitPointer(fragment);
  let written = { value: loading.document(file) ?? null, at: { file, pointer: '' } };
  for (const [depth, part] of path.entries()) {
    const inner = childOf(written.value, part) === undefined ? refOf(written.value) : undefined;
    const resolution = inner === undefined ? undefined : resolveRef(loading, inner, written.at.file);
    if (resolution) {
      if (resolution.kind !== 'definition') return undefined;
      written = resolution.written;
    }
    const { value, at } = written;
    const child = childOf(value, part);
    if (child === undefined) {
      const name = suggest(part, isObject(value) ? Object.keys(value) : []);
      const missing = `${at.file}#${childPointer(at.pointer, part)}`;
      if (name === undefined) return { missing };
      return {
        missing,
        ref: `${base}#${joinPointer(path.with(depth, name))}`,
        definition: { file: at.file, pointer: childPointer(at.pointer, name) },
        name,
      };
    }
    written = { value: child, at: { file: at.file, pointer: childPointer(at.pointer, part) } };
  }
  return undefined;
}
