import { diagnose, suggest } from '../diagnostics/index.ts';
import { type Location, nodeId } from '../model/index.ts';
import { childPointer, isObject, type JsonValue, joinPointer, splitPointer } from '../source/index.ts';
import type { Loading, Written } from './loading.ts';

/**
 * What is defined at a location: references are followed until a definition is reached, on the way into it and at its
 * end. Answers undefined, and reports, where one leads nowhere.
 */
export function resolve(
  loading: Loading,
  at: Location,
  seen: ReadonlySet<string> = new Set(),
): Written | undefined {
  const document = loading.document(at.file);
  if (document === undefined) return undefined;

  let here: Written = { value: document, at: { file: at.file, pointer: '' } };
  for (const part of splitPointer(at.pointer)) {
    const owner = follow(loading, here, seen);
    const value = owner && childOf(owner.value, part);
    if (!owner || value === undefined) return undefined;
    here = { value, at: { file: owner.at.file, pointer: childPointer(owner.at.pointer, part) } };
  }
  return follow(loading, here, seen);
}

/** The definition that a value stands for: itself, or where its `$ref` leads. */
export function follow(
  loading: Loading,
  written: Written,
  seen: ReadonlySet<string> = new Set(),
): Written | undefined {
  const ref = refOf(written.value);
  if (ref === undefined) return written;

  const place = { ...written.at, pointer: childPointer(written.at.pointer, '$ref') };
  const target = targetOf(loading, written.at, ref);
  if (!target) return undefined;

  const id = nodeId(written.at);
  if (seen.has(id)) {
    loading.report(diagnose('reference/circular', place, { ref }));
    return undefined;
  }
  const before = loading.diagnostics.size;
  const found = resolve(loading, target, new Set([...seen, id]));
  if (!found && loading.diagnostics.size === before) {
    loading.report(
      diagnose('reference/unresolved', place, { ref, suggestion: nearby(loading, target, ref) }),
    );
  }
  return found;
}

/** The text of a reference object's `$ref`. */
export function refOf(value: JsonValue | undefined): string | undefined {
  return isObject(value) && typeof value.$ref === 'string' ? value.$ref : undefined;
}

/** The location that a `$ref` names, seen from the file it stands in. Reports references that may not be followed. */
export function targetOf(loading: Loading, from: Location, ref: string): Location | undefined {
  const place = { ...from, pointer: childPointer(from.pointer, '$ref') };
  const [path = '', fragment = ''] = ref.split('#', 2);
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) {
    loading.report(diagnose('reference/remote', place, { ref }));
    return undefined;
  }
  const file = path === '' ? from.file : joinPath(from.file, decode(path));
  if (file === undefined) {
    loading.report(diagnose('reference/outside', place, { ref }));
    return undefined;
  }
  return { file, pointer: decode(fragment) };
}

/** A path relative to a file; undefined where it climbs above the root. */
function joinPath(from: string, path: string): string | undefined {
  const parts = path.startsWith('/') ? ['..'] : from.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '..' && part !== '.' && part !== '') parts.push(part);
  }
  return parts[0] === '..' ? undefined : parts.join('/');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function childOf(value: JsonValue, part: string): JsonValue | undefined {
  if (Array.isArray(value)) return (value as readonly JsonValue[])[Number(part)];
  return isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
}

/** The reference that was probably meant: the same one with the first part that is missing spelt as a neighbour. */
function nearby(loading: Loading, target: Location, ref: string): string | undefined {
  if (!loading.exists(target.file)) {
    const file = suggest(target.file, loading.sources.keys());
    return file && ref.replace(/[^/#]*(#|$)/, (_, hash) => `${file.split('/').at(-1)}${hash}`);
  }
  const path = splitPointer(target.pointer);
  for (let depth = 0; depth < path.length; depth += 1) {
    const owner = resolve(loading, { file: target.file, pointer: joinPointer(path.slice(0, depth)) });
    if (!owner || !isObject(owner.value)) return undefined;
    if (Object.hasOwn(owner.value, path[depth]!)) continue;
    const meant = suggest(path[depth]!, Object.keys(owner.value));
    return meant && `${ref.split('#')[0]}#${joinPointer(path.with(depth, meant))}`;
  }
  return undefined;
}
