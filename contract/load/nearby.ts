import { suggest } from '../diagnostics/index.ts';
import type { Location } from '../model/index.ts';
import { childPointer, isObject, joinPointer, splitPointer } from '../source/index.ts';
import type { Loading } from './loading.ts';
import { childOf, refOf, resolveRef, targetOf } from './resolve.ts';

/** What was probably meant by a reference that leads nowhere. */
export interface Meant {
  /** The reference with the first part that is missing spelt as a neighbour of it. */
  readonly ref: string;
  /** What is missing: `file#/schemas/Adress`. */
  readonly missing: string;
  /** What stands there instead, and what it is called; not where a file is missing. */
  readonly definition?: Location;
  readonly name?: string;
}

/** The reference that was probably meant by one that leads nowhere. */
export function nearby(loading: Loading, ref: string, from: string): Meant | undefined {
  const target = targetOf(ref, from);
  if (target.kind !== 'location') return undefined;
  const { file, fragment } = target;
  if (loading.isMissing(file)) {
    const meant = suggest(file.split('/').at(-1) ?? file, loading.neighbours(file));
    return meant === undefined
      ? undefined
      : { ref: ref.replace(/[^/#]*(#|$)/, (_, hash: string) => `${meant}${hash}`), missing: file };
  }
  return nearbyPointer(loading, ref, file, fragment);
}

function nearbyPointer(loading: Loading, ref: string, file: string, fragment: string): Meant | undefined {
  const base = ref.split('#')[0] ?? '';
  if (fragment !== '' && !fragment.startsWith('/')) {
    const meant = `#/${fragment}`;
    const isThere = resolveRef(loading, meant, file).kind === 'definition';
    return isThere ? { ref: `${base}${meant}`, missing: `${file}#${fragment}` } : undefined;
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
    const { value, at } = written;
    const child = childOf(value, part);
    if (child === undefined) {
      const name = suggest(part, isObject(value) ? Object.keys(value) : []);
      if (name === undefined) return undefined;
      return {
        ref: `${base}#${joinPointer(path.with(depth, name))}`,
        missing: `${at.file}#${childPointer(at.pointer, part)}`,
        definition: { file: at.file, pointer: childPointer(at.pointer, name) },
        name,
      };
    }
    written = { value: child, at: { file: at.file, pointer: childPointer(at.pointer, part) } };
  }
  return undefined;
}
