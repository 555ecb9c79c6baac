import { isObject, type JsonObject, type JsonValue } from '@chirograph/schema';
import type { Bindings } from '../model/index.ts';
import { follow } from './follow.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { childAt, childrenAt } from './read.ts';

/**
 * What the protocols of a node ask for, its own words over those of its traits; undefined where nothing is said.
 * @param layers the node and its traits in the order of merging: what comes later wins
 */
export function readBindings(context: LoadContext, layers: readonly Located[]): Bindings | undefined {
  const found = new Map<string, JsonObject>();
  for (const layer of layers) {
    const bindings = follow(context, childAt(layer, 'bindings'));
    if (!bindings || !isObject(bindings.value)) continue;
    for (const { key, written } of childrenAt(
      { value: { bindings: bindings.value }, at: layer.at },
      'bindings',
    )) {
      const binding = follow(context, {
        ...written,
        at: { ...bindings.at, pointer: `${bindings.at.pointer}/${key}` },
      });
      if (!binding || !isObject(binding.value) || key.startsWith('x-')) continue;
      found.set(key, { ...found.get(key), ...withoutVersion(binding.value) });
    }
  }
  return found.size === 0 ? undefined : Object.fromEntries(found);
}

/** The version of a binding's own standard says nothing of the contract. */
function withoutVersion({ bindingVersion: _, ...rest }: JsonObject): Readonly<Record<string, JsonValue>> {
  return rest;
}
