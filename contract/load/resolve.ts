import type { Location } from '../model/index.ts';
import { childPointer, isObject, type JsonValue, splitPointer } from '../source/index.ts';
import { findAnchor } from './anchors.ts';
import type { Loading, Resolution, Written } from './loading.ts';

/** What a `$ref` that stands in a file leads to. Reports nothing. */
export function resolveRef(loading: Loading, ref: string, from: string): Resolution {
  const key = resolutionKey(ref, from);
  const known = loading.resolutions.get(key);
  if (known) return known;
  // Whoever comes by here again before the answer is known has come full circle.
  const since = loading.pending.indexOf(key);
  if (since >= 0) return { kind: 'circular', loop: loading.pending.slice(since).sort()[0]! };
  loading.pending.push(key);
  const resolution = resolve(loading, ref, from);
  loading.pending.pop();
  loading.resolutions.set(key, resolution);
  return resolution;
}

/** What a reference is known by: the same for files of one folder, unless it stays within its own. */
export function resolutionKey(ref: string, from: string): string {
  return `${ref.startsWith('#') ? from : from.slice(0, from.lastIndexOf('/') + 1)} ${ref}`;
}

function resolve(loading: Loading, ref: string, from: string): Resolution {
  if (ref === '') return { kind: 'unresolved' };
  const target = targetOf(ref, from);
  if (target.kind !== 'location') return target;
  const { file, fragment } = target;
  const document = loading.document(file);
  if (document === undefined) return { kind: loading.isMissing(file) ? 'unresolved' : 'broken' };
  const pointer = fragment === '' || fragment.startsWith('/') ? fragment : findAnchor(document, fragment);
  if (pointer?.startsWith('/components/')) loading.used.add(componentOf(file, pointer));
  return pointer === undefined ? { kind: 'unresolved' } : walk(loading, { file, pointer }, document);
}

/** What under `components` a pointer leads to, or into. */
function componentOf(file: string, pointer: string): string {
  return `${file}#${pointer.split('/', 4).join('/')}`;
}

/** Goes along a pointer, following references on the way into it and at its end. */
function walk(loading: Loading, { file, pointer }: Location, document: JsonValue): Resolution {
  let here: Resolution = { kind: 'definition', written: { value: document, at: { file, pointer: '' } } };
  for (const part of splitPointer(pointer)) {
    here = through(loading, here.written);
    if (here.kind !== 'definition') return here;
    const { value, at } = here.written;
    const child = childOf(value, part);
    if (child === undefined) return { kind: 'unresolved' };
    here = {
      kind: 'definition',
      written: { value: child, at: { file: at.file, pointer: childPointer(at.pointer, part) } },
    };
  }
  return through(loading, here.written);
}

function through(loading: Loading, written: Written): Resolution {
  const ref = refOf(written.value);
  if (ref === undefined) return { kind: 'definition', written };
  const next = resolveRef(loading, ref, written.at.file);
  return next.kind === 'definition' || next.kind === 'circular' ? next : { kind: 'broken' };
}

/** The text of a reference object's `$ref`. */
export function refOf(value: JsonValue | undefined): string | undefined {
  return isObject(value) && Object.hasOwn(value, '$ref') && typeof value.$ref === 'string'
    ? value.$ref
    : undefined;
}

/** The file and fragment that a `$ref` names, seen from the file it stands in. */
export function targetOf(
  ref: string,
  from: string,
):
  | { readonly kind: 'location'; readonly file: string; readonly fragment: string }
  | { readonly kind: 'remote' | 'outside' } {
  const hash = ref.indexOf('#');
  const path = hash < 0 ? ref : ref.slice(0, hash);
  const fragment = decode(hash < 0 ? '' : ref.slice(hash + 1));
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(path)) return { kind: 'remote' };
  const file = path === '' ? from : joinPath(from, decode(path));
  return file === undefined ? { kind: 'outside' } : { kind: 'location', file, fragment };
}

/** A path relative to a file; undefined where it climbs above the root. */
function joinPath(from: string, path: string): string | undefined {
  if (path.startsWith('/') || path.includes('\0')) return undefined;
  const parts = from.split('/').slice(0, -1);
  for (const part of path.split(/[/\\]/)) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '..' && part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The child of a mapping or a list, by a pointer's part. */
export function childOf(value: JsonValue, part: string): JsonValue | undefined {
  if (Array.isArray(value)) {
    return /^(0|[1-9]\d*)$/.test(part) ? (value as readonly JsonValue[])[Number(part)] : undefined;
  }
  return isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
}
