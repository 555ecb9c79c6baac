/**
 * Where one fact of a message stands on the wire: a path of property names into the payload, or the name of a
 * header. `{ in: 'payload', path: ['metadata', 'correlationId'] }` is the JSON pointer `/metadata/correlationId`.
 */
export interface Part {
  readonly in: 'payload' | 'headers';
  /** Unescaped property names; exactly one, the header's name, when `in` is `headers`. */
  readonly path: readonly string[];
}

/** The two halves of a message in which a part can stand. */
export interface MessageParts {
  readonly payload: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** What stands at the part; `undefined` when any step of the path is missing. */
export function readPart(part: Part, message: MessageParts): unknown {
  let value: unknown = part.in === 'payload' ? message.payload : message.headers;
  for (const name of part.path) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/** As `readPart`, for parts that name something: text as it is, numbers and booleans in JSON, all else `undefined`. */
export function readText(part: Part | undefined, message: MessageParts): string | undefined {
  const value = part && readPart(part, message);
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A copy of the payload with `value` at `path`; objects on the way are copied or made, all others are shared. */
export function writePayload(payload: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const object = isObject(payload) ? payload : {};
  const inner = Object.hasOwn(object, name) ? object[name] : undefined;
  return { ...object, [name]: writePayload(inner, rest, value) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
