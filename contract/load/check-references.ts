import type { Location } from '../model/index.ts';
import { childPointer, type JsonObject, type JsonValue } from '../source/index.ts';
import { follow } from './follow.ts';
import type { Loading, Written } from './loading.ts';
import { refOf } from './resolve.ts';

/**
 * Follows every `$ref` of a document and of what it refers to, so that each one that leads nowhere is reported where it
 * stands, whoever may read it later. The parts of other files that nothing refers to are left alone.
 */
export function checkReferences(loading: Loading, document: Written): void {
  const walk: Walk = { loading, queue: [document] };
  for (let next = walk.queue.pop(); next; next = walk.queue.pop()) visit(walk, next.value, next.at, []);
}

interface Walk {
  readonly loading: Loading;
  readonly queue: Written[];
}

function visit(walk: Walk, value: JsonValue, root: Location, path: (string | number)[]): void {
  if (typeof value !== 'object' || value === null || walk.loading.walked.has(value)) return;
  walk.loading.walked.add(value);
  if (refOf(value) !== undefined) {
    const at = { file: root.file, pointer: childPointer(root.pointer, ...path) };
    const target = follow(walk.loading, { value, at });
    if (target) walk.queue.push(target);
  }
  if (Array.isArray(value)) {
    for (const [index, child] of value.entries()) step(walk, child as JsonValue, index, root, path);
    return;
  }
  for (const key in value as JsonObject) step(walk, (value as JsonObject)[key]!, key, root, path);
}

function step(
  walk: Walk,
  child: JsonValue,
  key: string | number,
  root: Location,
  path: (string | number)[],
): void {
  if (typeof child !== 'object' || child === null) return;
  path.push(key);
  visit(walk, child, root, path);
  path.pop();
}
