import { isObject, type JsonObject, type JsonValue, joinPointer, splitPointer } from '@chirograph/schema';
import { type Bound, bindings3 } from './convert-bindings.ts';

/** The version that documents are converted to. */
export const NEWEST = '3.1.0';

type Mutable = Record<string, JsonValue>;

/**
 * An AsyncAPI 2 document in the words of AsyncAPI 3 (its "Migration Guide" to 3.0). Schemas stay as they are; keys of messages are
 * kept, so that code is named as before. What others publish, the service receives; what others subscribe to, it sends.
 */
export function convert(document: JsonObject): JsonObject {
  return new Converter(document).run();
}

class Converter {
  readonly #document: JsonObject;
  /** Where what stood at a pointer stands now. */
  readonly #moved = new Map<string, string>();
  readonly #operations: Mutable = {};
  /** The scopes that a scheme is first asked for with, as JSON: they stand with it. */
  readonly #scopes = new Map<string, string>();

  constructor(document: JsonObject) {
    this.#document = document;
  }

  run(): JsonObject {
    const { asyncapi: _, info, tags, externalDocs, servers, channels, components, ...rest } = this.#document;
    const converted: Mutable = {
      asyncapi: NEWEST,
      info: { ...objectOf(info), ...given({ tags, externalDocs }) },
      ...given({ servers: isObject(servers) ? each(servers, (it) => this.#server(it)) : undefined }),
    };
    // Channels come first: what refers into them has to know where that is now.
    const names = new Names();
    const own = each(objectOf(channels), (it, key) =>
      this.#channel(it, key, names.take(key), ['channels', key]),
    );
    const named = Object.fromEntries(Object.entries(own).map(([key, it]) => [this.#nameOf(key), it]));
    Object.assign(converted, rest, { channels: named }, { operations: this.#operations });
    if (isObject(components)) converted.components = this.#components(components);
    return this.#withReferences(converted) as JsonObject;
  }

  #nameOf(key: string): string {
    return splitPointer(this.#moved.get(joinPointer(['channels', key])) ?? '')[1] ?? key;
  }

  #server(server: JsonValue): JsonValue {
    if (!isObject(server) || server.$ref !== undefined) return server;
    const { url, security, bindings, ...rest } = server;
    const [, host = '', pathname] =
      /^(?:[^:/{}]+:\/\/)?([^/]*)(\/.*)?$/.exec(typeof url === 'string' ? url : '') ?? [];
    return {
      host,
      ...given({ pathname: pathname === '/' ? undefined : pathname }),
      ...rest,
      ...given({ security: this.#security(security), bindings: bindings3(bindings, 'server') }),
    };
  }

  /** Requirements that name a scheme refer to it; those with scopes say it with them. */
  #security(security: JsonValue | undefined): JsonValue | undefined {
    if (!Array.isArray(security)) return undefined;
    const schemes = objectOf(objectOf(this.#document.components).securitySchemes);
    return security.flatMap((requirement: JsonValue) =>
      Object.entries(objectOf(requirement)).map(([name, scopes]): JsonValue => {
        const scheme = schemes[name];
        if (!Array.isArray(scopes) || scopes.length === 0 || !isObject(scheme))
          return { $ref: `#${joinPointer(['components', 'securitySchemes', name])}` };
        const same = this.#scopes.get(name) ?? JSON.stringify(scopes);
        this.#scopes.set(name, same);
        return same === JSON.stringify(scopes)
          ? { $ref: `#${joinPointer(['components', 'securitySchemes', name])}` }
          : { ...this.#scheme(scheme), scopes };
      }),
    );
  }

  #scheme(scheme: JsonObject): JsonObject {
    if (!isObject(scheme.flows)) return scheme;
    const flows = each(scheme.flows, (flow) => {
      if (!isObject(flow)) return flow;
      const { scopes, ...rest } = flow;
      return { ...rest, ...given({ availableScopes: scopes }) };
    });
    return { ...scheme, flows };
  }

  /** @param at where it stood */
  #channel(channel: JsonValue, address: string, name: string, at: readonly string[]): JsonValue {
    const to = [...at.slice(0, -1), name];
    this.#moved.set(joinPointer(at), joinPointer(to));
    if (!isObject(channel)) return channel;
    if (typeof channel.$ref === 'string') return { $ref: channel.$ref };
    const { publish, subscribe, servers, parameters, bindings, ...rest } = channel;
    const messages: Mutable = {};
    for (const [key, operation] of Object.entries(given({ publish, subscribe })))
      if (isObject(operation)) this.#operation(operation, key, [...at, key], to, messages);
    return {
      address,
      ...given({ messages: Object.keys(messages).length > 0 ? messages : undefined }),
      ...rest,
      ...given({
        servers: Array.isArray(servers)
          ? servers.map((it: JsonValue) => ({ $ref: `#${joinPointer(['servers', String(it)])}` }))
          : undefined,
        parameters: isObject(parameters) ? each(parameters, (it) => this.#parameter(it)) : undefined,
        bindings: bindings3(bindings, 'channel'),
      }),
    };
  }

  #operation(
    operation: JsonObject,
    key: string,
    at: readonly string[],
    channel: readonly string[],
    messages: Mutable,
  ): void {
    const { operationId, message, security, traits, bindings, ...rest } = this.#withTraits(
      operation,
      'operationTraits',
    );
    const listed =
      isObject(message) && Array.isArray(message.oneOf) ? (message.oneOf as readonly JsonValue[]) : undefined;
    const own: readonly (readonly [JsonValue, readonly string[]])[] =
      listed?.map((it, i) => [it, [...at, 'message', 'oneOf', String(i)]] as const) ??
      (message === undefined ? [] : [[message, [...at, 'message']]]);
    const refs = own.map(([it, place], i): JsonValue => {
      const name = messageKey(it, `${channel.at(-1)}${listed ? `_${i + 1}` : ''}`);
      const known = Object.entries(messages).find(
        ([, other]) => JSON.stringify(other) === JSON.stringify(this.#message(it)),
      );
      const free = known?.[0] ?? freeKey(messages, name);
      messages[free] = this.#message(it);
      const pointer = joinPointer([...channel, 'messages', free]);
      this.#moved.set(joinPointer(place), pointer);
      return { $ref: `#${pointer}` };
    });
    // Channels among components are used by those that refer to them: the operations are theirs.
    if (channel[0] !== 'channels') return;
    const id = freeKey(
      this.#operations,
      typeof operationId === 'string' ? operationId : `${channel[1]}.${key}`,
    );
    this.#moved.set(joinPointer(at), joinPointer(['operations', id]));
    this.#operations[id] = {
      action: key === 'publish' ? 'receive' : 'send',
      channel: { $ref: `#${joinPointer(channel)}` },
      ...rest,
      ...given({
        traits: Array.isArray(traits) ? traits.map((it: JsonValue) => this.#operationTrait(it)) : traits,
        security: this.#security(security),
        bindings: bindings3(bindings, 'operation'),
      }),
      ...given({ messages: refs.length > 0 ? refs : undefined }),
    };
  }

  #message(message: JsonValue): JsonValue {
    if (!isObject(message) || typeof message.$ref === 'string') return message;
    const {
      messageId: _,
      schemaFormat,
      payload,
      traits,
      bindings,
      ...rest
    } = this.#withTraits(message, 'messageTraits');
    const schema =
      schemaFormat === undefined || payload === undefined ? payload : { schemaFormat, schema: payload };
    return {
      ...rest,
      ...given({
        traits: Array.isArray(traits) ? traits.map((it: JsonValue) => this.#messageTrait(it)) : traits,
        bindings: bindings3(bindings, 'message'),
        payload: schema,
      }),
    };
  }

  /** In AsyncAPI 2 traits win over what they are applied to, in AsyncAPI 3 they lose: what both say is told once. */
  #withTraits(owner: JsonObject, kind: string): JsonObject {
    const { traits, ...own } = owner;
    if (!Array.isArray(traits)) return owner;
    const resolved = (traits as readonly JsonValue[]).map((it) => this.#resolved(it));
    const isDisputed = resolved.some((it) => !isObject(it) || Object.keys(it).some((key) => key in own));
    const isDisputedAmong = resolved.some((it, i) =>
      resolved
        .slice(0, i)
        .some((other) => isObject(it) && isObject(other) && Object.keys(it).some((key) => key in other)),
    );
    if (!isDisputed && !isDisputedAmong) return owner;
    if (!resolved.every(isObject)) throw new Error(`the traits of a ${kind} are in another document`);
    return resolved.reduce<JsonObject>((all, it) => merged(all, it as JsonObject), own);
  }

  #resolved(value: JsonValue): JsonValue | undefined {
    if (!isObject(value) || typeof value.$ref !== 'string') return value;
    if (!value.$ref.startsWith('#/')) return undefined;
    let found: JsonValue | undefined = this.#document;
    for (const step of splitPointer(decodeURIComponent(value.$ref.slice(1))))
      found = isObject(found) ? found[step] : undefined;
    return found === undefined ? undefined : this.#resolved(found);
  }

  /** A parameter says in itself what its schema said. */
  #parameter(parameter: JsonValue): JsonValue {
    if (!isObject(parameter) || typeof parameter.$ref === 'string') return parameter;
    const { schema, ...rest } = parameter;
    const said = objectOf(this.#resolved(schema ?? {}));
    const values = said.const === undefined ? said.enum : [said.const];
    const texts = (list: JsonValue | undefined) =>
      Array.isArray(list)
        ? (list as readonly JsonValue[]).filter((it) => it !== null && typeof it !== 'object').map(String)
        : undefined;
    return {
      ...given({
        description: said.description,
        enum: texts(values),
        default: texts([said.default ?? null])?.[0],
        examples: texts(said.examples),
      }),
      ...rest,
    };
  }

  #components(components: JsonObject): JsonObject {
    const bindings = (of: Bound) => (it: JsonValue) => bindings3(it, of) ?? it;
    const converters: Readonly<Record<string, (value: JsonValue, key: string) => JsonValue>> = {
      messages: (it) => this.#message(it),
      messageTraits: (it) => this.#messageTrait(it),
      operationTraits: (it) => this.#operationTrait(it),
      parameters: (it) => this.#parameter(it),
      servers: (it) => this.#server(it),
      channels: (it, key) => this.#channel(it, key, key, ['components', 'channels', key]),
      serverBindings: bindings('server'),
      channelBindings: bindings('channel'),
      operationBindings: bindings('operation'),
      messageBindings: bindings('message'),
      securitySchemes: (it, key) => (isObject(it) ? this.#withScopes(key, this.#scheme(it)) : it),
    };
    return each(components, (list, kind) => {
      const converter = converters[kind];
      return converter && isObject(list) ? each(list, converter) : list;
    });
  }

  #withScopes(name: string, scheme: JsonObject): JsonObject {
    const scopes = this.#scopes.get(name);
    return scopes === undefined ? scheme : { ...scheme, scopes: JSON.parse(scopes) as JsonValue };
  }

  #messageTrait(trait: JsonValue): JsonValue {
    if (!isObject(trait) || typeof trait.$ref === 'string') return trait;
    const { messageId: _, schemaFormat: __, bindings, ...rest } = trait;
    return { ...rest, ...given({ bindings: bindings3(bindings, 'message') }) };
  }

  #operationTrait(trait: JsonValue): JsonValue {
    if (!isObject(trait) || typeof trait.$ref === 'string') return trait;
    const { operationId: _, security, bindings, ...rest } = trait;
    return {
      ...rest,
      ...given({ security: this.#security(security), bindings: bindings3(bindings, 'operation') }),
    };
  }

  /** References to what stands elsewhere now lead there. */
  #withReferences(value: JsonValue): JsonValue {
    if (Array.isArray(value)) return (value as readonly JsonValue[]).map((it) => this.#withReferences(it));
    if (!isObject(value)) return value;
    return each(value, (it, key) =>
      key === '$ref' && typeof it === 'string' && it.startsWith('#/')
        ? `#${this.#pointerNow(it.slice(1))}`
        : this.#withReferences(it),
    );
  }

  #pointerNow(pointer: string): string {
    const steps = splitPointer(decodeURIComponent(pointer));
    for (let length = steps.length; length > 0; length -= 1) {
      const moved = this.#moved.get(joinPointer(steps.slice(0, length)));
      if (moved !== undefined) return moved + joinPointer(steps.slice(length));
    }
    return pointer;
  }
}

/** The key of a message among those of a channel: what names it in AsyncAPI 2. */
function messageKey(message: JsonValue, otherwise: string): string {
  if (!isObject(message)) return otherwise;
  if (typeof message.$ref === 'string')
    return splitPointer(message.$ref.replace(/^[^#]*#?/, '')).at(-1) ?? otherwise;
  const name = message.messageId ?? message.name;
  return typeof name === 'string' ? name : otherwise;
}

/** Keys for channels: an address without what keys cannot hold. */
class Names {
  readonly #taken = new Set<string>();

  take(address: string): string {
    const name =
      address
        .replace(/[{}]/g, '')
        .replace(/[^\w.-]+/g, '_')
        .replace(/^_+|_+$/g, '') || 'root';
    for (let n = 1; ; n += 1) {
      const numbered = n === 1 ? name : `${name}_${n}`;
      if (this.#taken.has(numbered)) continue;
      this.#taken.add(numbered);
      return numbered;
    }
  }
}

function freeKey(taken: Mutable, wanted: string): string {
  const name = wanted.replace(/[^\w.-]+/g, '_');
  for (let n = 1; ; n += 1) {
    const numbered = n === 1 ? name : `${name}_${n}`;
    if (!Object.hasOwn(taken, numbered)) return numbered;
  }
}

/** JSON Merge Patch (RFC 7396). */
function merged(target: JsonObject, patch: JsonObject): JsonObject {
  const all: Mutable = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    const former = all[key];
    all[key] = isObject(value) && isObject(former) ? merged(former, value) : value;
  }
  return all;
}

function each(object: JsonObject, change: (value: JsonValue, key: string) => JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** Those members that are there. */
function given(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter((it): it is [string, JsonValue] => it[1] !== undefined),
  );
}
