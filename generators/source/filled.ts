import {
  type EnvelopePart,
  fieldSchemas,
  type Message,
  type MessagePath,
  type NodeId,
  sendersOf,
  type Workspace,
} from '@chirograph/contract/model';
import { type JsonSchema, type JsonValue, joinPointer, regExpOf } from '@chirograph/schema';
import { certainSchemas } from './certain-schemas.ts';

/** What a producer puts into a message by itself, so that its caller need not. */
export interface Filled {
  /** What every such message says in the same words. */
  readonly constants: readonly Constant[];
  /** JSON pointers to the required fields of the payload that are filled in. */
  readonly payload: readonly string[];
  /** The same of the headers. */
  readonly headers: readonly string[];
}

export interface Constant extends MessagePath {
  readonly value: JsonValue;
}

/** The parts of an envelope that the runtime knows, each with a value like the one it writes. */
const FACTS: Readonly<Partial<Record<EnvelopePart, string>>> = {
  id: '3f1c0f5e-7f4e-4c3b-9d55-0a6f1c1f2b7d',
  time: '2026-01-01T00:00:00.000Z',
  correlationId: '3f1c0f5e-7f4e-4c3b-9d55-0a6f1c1f2b7d',
};

/**
 * What is filled in: the constants of the envelope, and the parts of the envelope for which the runtime has a value that
 * their schemas accept. An id of a form of its own is the caller's to give.
 */
export function filledIn(workspace: Workspace, message: Message): Filled {
  const found = constantsOf(workspace, message);
  const facts = factsOf(workspace, message);
  const constants = found.filter(({ in: where, path, value }) => facts.get(key(where, path)) !== value);
  const places: MessagePath[] = [
    ...Object.values(message.contract.envelope).filter((it) => facts.has(key(it.in, it.path))),
    ...found,
  ];
  const required = (where: MessagePath['in']) => {
    const root = where === 'payload' ? message.payload : message.headers;
    const own = places.filter((it) => it.in === where && isRequired(workspace, root, it.path));
    return [...new Set(own.map(({ path }) => joinPointer(path)))];
  };
  return { constants, payload: required('payload'), headers: required('headers') };
}

/** Whether a sender has headers to say: some are required that nobody fills in. */
export function mustSayHeaders(workspace: Workspace, message: Message): boolean {
  if (message.headers === undefined) return false;
  const filled = filledIn(workspace, message).headers;
  const names = requiredNames(certainSchemas(workspace, message.headers, []));
  return names.some((name) => !filled.includes(joinPointer([name])));
}

/** What the runtime writes at a place, by the place. */
function factsOf(workspace: Workspace, message: Message): Map<string, JsonValue> {
  const senders = new Set(sendersOf(workspace, message.id).map(({ name }) => name));
  const [source] = senders.size === 1 ? senders : ['service'];
  const known = { ...FACTS, type: message.name, version: message.version, source };
  const facts = new Map<string, JsonValue>();
  for (const [part, place] of Object.entries(message.contract.envelope)) {
    const value = known[part as EnvelopePart];
    const root = place.in === 'payload' ? message.payload : message.headers;
    if (value === undefined || root === undefined) continue;
    if (!fieldSchemas(workspace, root, place.path).every((it) => mayHold(it, value))) continue;
    facts.set(key(place.in, place.path), value);
  }
  return facts;
}

/** Required constants beside the data: in the headers, and in those objects of the payload that hold the envelope. */
function constantsOf(workspace: Workspace, message: Message): Constant[] {
  const { envelope } = message.contract;
  const places = Object.entries(envelope).filter(([part, it]) => part !== 'data' && it.in === 'payload');
  const found: Constant[] = [];
  const visit = (where: MessagePath['in'], root: NodeId, path: readonly string[]) => {
    const isData = envelope.data?.in === where && startsWith(path, envelope.data.path);
    const holds = where === 'headers' || places.some(([, place]) => startsWith(place.path, path));
    if (isData || !(holds || envelope.data?.in === where)) return;
    for (const name of requiredNames(certainSchemas(workspace, root, path))) {
      const inner = [...path, name];
      const value = constantOf(certainSchemas(workspace, root, inner));
      if (value === undefined) visit(where, root, inner);
      else if (!(envelope.data?.in === where && startsWith(inner, envelope.data.path)))
        found.push({ in: where, path: inner, value });
    }
  };
  if (message.payload !== undefined && places.length > 0) visit('payload', message.payload, []);
  if (message.headers !== undefined) visit('headers', message.headers, []);
  return found;
}

/** The one value that is allowed. */
function constantOf(schemas: readonly JsonSchema[]): JsonValue | undefined {
  const values = schemas.flatMap((it) => {
    if (typeof it === 'boolean') return [];
    if (it.const !== undefined) return [it.const];
    return Array.isArray(it.enum) && it.enum.length === 1 ? [it.enum[0] as JsonValue] : [];
  });
  return new Set(values.map((it) => JSON.stringify(it))).size === 1 ? values[0] : undefined;
}

/** Whether every message of the kind has something at the place. */
export function isRequired(workspace: Workspace, root: NodeId | undefined, path: readonly string[]): boolean {
  const last = path.at(-1);
  if (root === undefined || last === undefined) return false;
  return requiredNames(fieldSchemas(workspace, root, path.slice(0, -1))).includes(last);
}

function requiredNames(schemas: readonly JsonSchema[]): string[] {
  const names = schemas.flatMap((it) =>
    typeof it === 'object' && Array.isArray(it.required) ? it.required.map(String) : [],
  );
  return [...new Set(names)];
}

/** False where a schema surely refuses a string. */
function mayHold(schema: JsonSchema, text: string): boolean {
  if (typeof schema === 'boolean') return schema;
  const { type, const: only, enum: allowed, pattern, format, minLength, maxLength } = schema;
  return (
    (type === undefined || [type].flat().includes('string')) &&
    (only === undefined || only === text) &&
    (!Array.isArray(allowed) || allowed.includes(text)) &&
    (typeof pattern !== 'string' || matches(pattern, text)) &&
    (typeof minLength !== 'number' || text.length >= minLength) &&
    (typeof maxLength !== 'number' || text.length <= maxLength) &&
    (typeof format !== 'string' || (FORMS[format]?.test(text) ?? true))
  );
}

/** Formats by which ids and times differ. */
const FORMS: Readonly<Record<string, RegExp>> = {
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
  'date-time': /^\d{4}-\d\d-\d\dT/,
  date: /^\d{4}-\d\d-\d\d$/,
  time: /^\d\d:\d\d/,
  uri: /^[a-z][a-z\d+.-]*:/i,
  email: /@/,
  ipv4: /^\d+(\.\d+){3}$/,
  ipv6: /:/,
};

function matches(pattern: string, text: string): boolean {
  return regExpOf(pattern)?.test(text) ?? false;
}

function startsWith(path: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((name, i) => path[i] === name);
}

function key(where: MessagePath['in'], path: readonly string[]): string {
  return `${where}#${joinPointer(path)}`;
}
