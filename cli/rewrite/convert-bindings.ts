import { isObject, type JsonObject, type JsonValue } from '@chirograph/schema';

/** What carries bindings. */
export type Bound = 'server' | 'channel' | 'operation' | 'message';

/** The oldest versions of bindings that the schemas of AsyncAPI 3 still have, of protocols that had older ones before. */
const OLDEST: ReadonlyMap<string, string> = new Map([
  ['amqp', '0.3.0'],
  ['googlepubsub', '0.2.0'],
  ['http', '0.2.0'],
  ['kafka', '0.3.0'],
  ['mqtt', '0.2.0'],
  ['solace', '0.2.0'],
]);

/**
 * Bindings as AsyncAPI 3 knows them: what is written under a version that it dropped is said under the oldest that it has.
 * An HTTP operation has no `type` there; that it is a request follows from its reply.
 */
export function bindings3(bindings: JsonValue | undefined, of: Bound): JsonValue | undefined {
  if (!isObject(bindings) || typeof bindings.$ref === 'string') return bindings;
  return Object.fromEntries(
    Object.entries(bindings).map(([protocol, binding]) => [protocol, bindingOf(protocol, of, binding)]),
  );
}

function bindingOf(protocol: string, of: Bound, binding: JsonValue): JsonValue {
  if (!isObject(binding)) return binding;
  const { type: _, ...rest } = binding;
  const kept: JsonObject = protocol === 'http' && of === 'operation' ? rest : binding;
  const { bindingVersion } = kept;
  const oldest = OLDEST.get(protocol);
  const isDropped =
    typeof bindingVersion === 'string' &&
    /^\d+\.\d+\.\d+$/.test(bindingVersion) &&
    oldest !== undefined &&
    bindingVersion.localeCompare(oldest, 'en', { numeric: true }) < 0;
  return isDropped ? { ...kept, bindingVersion: oldest } : kept;
}
