import { childPointer, isObject, type JsonValue, type Location, splitPointer } from '@chirograph/schema';
import { findAnchor } from './anchors.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import type { Resolution } from './references.ts';
import { uriOfFile } from './resources.ts';
import { decode, isRemote } from './uri.ts';

/** What a `$ref` that stands in a file leads to. Reports nothing. */
export function resolveRef(context: LoadContext, ref: string, from: string): Resolution {
  return context.references.once(resolutionKey(ref, from), () => resolve(context, ref, from));
}

/** What a reference is known by: the same for files of one folder, unless it stays within its own or is
 * a name, which means the one in the file at hand first. */
export function resolutionKey(ref: string, from: string): string {
  return `${STAYS.test(ref) ? from : from.slice(0, from.lastIndexOf('/') + 1)} ${ref}`;
}

const STAYS = /^(#|[^/]+:)/;

function resolve(context: LoadContext, ref: string, from: string): Resolution {
  if (ref === '') return { kind: 'unresolved' };
  const target = targetOf(ref, from);
  if (target.kind === 'named') return resolveNamed(context, ref, from) ?? { kind: 'unresolved' };
  if (target.kind === 'remote') return resolveNamed(context, ref, from) ?? resolveRemote(context, target);
  if (target.kind !== 'location') return target;
  const { file, fragment } = target;
  const document = context.inputs.document(file);
  if (document === undefined && context.inputs.isMissing(file)) {
    const uri = ref.replace(/^[^#]*/, uriOfFile(file));
    return resolveNamed(context, uri, from) ?? { kind: 'unresolved' };
  }
  if (document === undefined) return { kind: 'broken' };
  const pointer = fragment === '' || fragment.startsWith('/') ? fragment : findAnchor(document, fragment);
  return pointer === undefined ? { kind: 'unresolved' } : walk(context, { file, pointer }, document);
}

function resolveRemote(
  context: LoadContext,
  { url, fragment }: { readonly url: string; readonly fragment: string },
): Resolution {
  if (!isRemote(url)) return { kind: 'remote' };
  const found = context.inputs.remote(url);
  switch (found.kind) {
    case 'document':
      return resolve(context, `#${encodeURIComponent(fragment)}`, found.file);
    // It is asked for, and everything is read again.
    case 'wanted':
      return { kind: 'broken' };
    case 'failed':
      return { kind: 'unfetched', reason: found.reason };
    case 'refused':
      return { kind: 'remote' };
    case 'changed':
      return found;
  }
}

/** Where a URI leads that is the `$id` of a schema in the workspace; undefined where it is none. */
function resolveNamed(context: LoadContext, uri: string, from: string): Resolution | undefined {
  const at = context.inputs.find(uri, from);
  const document = at && context.inputs.document(at.file);
  return at && document !== undefined ? walk(context, at, document) : undefined;
}

/** What under `components` a pointer leads to, or into. */
function componentOf(file: string, pointer: string): string {
  return `${file}#${pointer.split('/', 4).join('/')}`;
}

/**
 * Goes along a pointer, and follows references where it does not lead on without, and at its end. (A schema that is
 * `{ $ref: '#/definitions/A', definitions }` holds definitions as well.)
 */
function walk(context: LoadContext, { file, pointer }: Location, document: JsonValue): Resolution {
  if (pointer.startsWith('/components/')) context.references.use(componentOf(file, pointer));
  let here: Located = { value: document, at: { file, pointer: '' } };
  for (const part of splitPointer(pointer)) {
    let child = childOf(here.value, part);
    if (child === undefined) {
      const next = through(context, here);
      if (next.kind !== 'definition') return next;
      here = next.written;
      child = childOf(here.value, part);
    }
    if (child === undefined) return { kind: 'unresolved' };
    here = { value: child, at: { file: here.at.file, pointer: childPointer(here.at.pointer, part) } };
  }
  return through(context, here);
}

const NONE: readonly Located[] = [];

function through(context: LoadContext, written: Located): Resolution {
  const ref = refOf(written.value);
  if (ref === undefined) return { kind: 'definition', written, via: NONE };
  const next = resolveRef(context, ref, written.at.file);
  if (next.kind === 'definition') return { ...next, via: [written, ...next.via] };
  if (next.kind === 'circular') return next;
  return next.kind === 'broken' && next.end ? next : { kind: 'broken', end: written };
}

/** The text of a reference object's `$ref`. */
export function refOf(value: JsonValue | undefined): string | undefined {
  return isObject(value) && Object.hasOwn(value, '$ref') && typeof value.$ref === 'string'
    ? value.$ref
    : undefined;
}

/** What a `$ref` names, seen from the file that it stands in. */
export type Target =
  | { readonly kind: 'location'; readonly file: string; readonly fragment: string }
  /** `url` has no fragment. */
  | { readonly kind: 'remote'; readonly url: string; readonly fragment: string }
  /** A name that is no place: `urn:example:order`. */
  | { readonly kind: 'named' }
  | { readonly kind: 'outside' };

export function targetOf(ref: string, from: string): Target {
  const hash = ref.indexOf('#');
  const path = hash < 0 ? ref : ref.slice(0, hash);
  const fragment = decode(hash < 0 ? '' : ref.slice(hash + 1));
  if (path === '') return { kind: 'location', file: from, fragment };
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(path)?.[1]?.toLowerCase();
  // What lies on the network has no business with the files of those who read it.
  if (scheme === 'file') return { kind: 'outside' };
  if (scheme !== undefined && !path.startsWith('//', scheme.length + 1)) return { kind: 'named' };
  const isElsewhere = scheme !== undefined || path.startsWith('//') || isRemote(from);
  if (isElsewhere)
    return {
      kind: 'remote',
      url: URL.parse(path, isRemote(from) ? from : undefined)?.href ?? path,
      fragment,
    };
  const file = joinPath(from, decode(path));
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

/** The child of a mapping or a list, by a pointer's part. */
export function childOf(value: JsonValue, part: string): JsonValue | undefined {
  if (Array.isArray(value)) {
    return /^(0|[1-9]\d*)$/.test(part) ? (value as readonly JsonValue[])[Number(part)] : undefined;
  }
  return isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
}
