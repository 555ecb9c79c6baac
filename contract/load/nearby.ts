import { childPointer, isObject, type JsonValue, joinPointer, splitPointer } from '@chirograph/schema';
import { suggest } from '../diagnostics/index.ts';
import type { LoadContext } from './load-context.ts';
import type { Suggestion } from './references.ts';
import { childOf, refOf, resolveRef, targetOf } from './resolve.ts';

/** What a reference that leads nowhere was to lead to. */
export function nearby(context: LoadContext, ref: string, from: string): Suggestion | undefined {
  const target = targetOf(ref, from);
  if (target.kind !== 'location') return undefined;
  const { file, fragment } = target;
  if (context.inputs.isMissing(file)) {
    const meant = suggest(file.split('/').at(-1) ?? file, context.inputs.neighbours(file));
    return meant === undefined
      ? { missing: file }
      : { missing: file, ref: ref.replace(/[^/#]*(#|$)/, (_, hash: string) => `${meant}${hash}`) };
  }
  return nearbyPointer(context, ref, file, fragment);
}

const keysKnown = new WeakMap<object, readonly string[]>();

/** To list the keys of an object takes long where it has thousands, and thousands of references may be wrong. */
function keysOf(value: JsonValue): readonly string[] {
  if (!isObject(value)) return [];
  const known = keysKnown.get(value) ?? Object.keys(value);
  keysKnown.set(value, known);
  return known;
}

function nearbyPointer(
  context: LoadContext,
  ref: string,
  file: string,
  fragment: string,
): Suggestion | undefined {
  const base = ref.split('#')[0] ?? '';
  if (fragment !== '' && !fragment.startsWith('/')) {
    const meant = `#/${fragment}`;
    const isThere = resolveRef(context, meant, file).kind === 'definition';
    return { missing: `${file}#${fragment}`, ...(isThere && { ref: `${base}${meant}` }) };
  }
  const path = splitPointer(fragment);
  let written = { value: context.inputs.document(file) ?? null, at: { file, pointer: '' } };
  for (const [depth, part] of path.entries()) {
    const inner = childOf(written.value, part) === undefined ? refOf(written.value) : undefined;
    const resolution = inner === undefined ? undefined : resolveRef(context, inner, written.at.file);
    if (resolution) {
      if (resolution.kind !== 'definition') return undefined;
      written = resolution.written;
    }
    const { value, at } = written;
    const child = childOf(value, part);
    if (child === undefined) {
      const name = suggest(part, keysOf(value));
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
