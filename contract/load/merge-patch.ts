import { isObject, type JsonObject, type JsonValue } from '@chirograph/schema';

/** JSON Merge Patch (RFC 7396), which AsyncAPI names for traits. */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, JsonValue> = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    const former = merged[key];
    if (value === null) delete merged[key];
    else merged[key] = isObject(value) ? mergePatch(isObject(former) ? former : {}, value) : value;
  }
  return merged;
}
