import { isObject, type JsonValue } from './json-value.ts';

/** The parts of a JSON Pointer (RFC 6901): `/a~1b/0` is `['a/b', '0']`; the empty pointer is the whole document. */
export function splitPointer(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer.slice(1).split('/').map(unescapePart);
}

/** The JSON Pointer of a path. */
export function joinPointer(path: readonly (string | number)[]): string {
  let pointer = '';
  for (const part of path) pointer += typeof part === 'number' ? `/${part}` : `/${escapePart(part)}`;
  return pointer;
}

/** The pointer of a child. */
export function childPointer(pointer: string, ...parts: readonly (string | number)[]): string {
  return pointer + joinPointer(parts);
}

/** The value at a pointer, or undefined where there is none. */
export function valueAt(root: JsonValue, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const part of splitPointer(pointer)) {
    if (Array.isArray(value)) value = (value as readonly JsonValue[])[Number(part)];
    else if (isObject(value) && Object.hasOwn(value, part)) value = value[part];
    else return undefined;
  }
  return value;
}

/** A key as a part of a pointer. */
export function escapePart(part: string): string {
  return /[~/]/.test(part) ? part.replaceAll('~', '~0').replaceAll('/', '~1') : part;
}

function unescapePart(part: string): string {
  return part.includes('~') ? part.replaceAll('~1', '/').replaceAll('~0', '~') : part;
}
