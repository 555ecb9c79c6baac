import { targetOf } from '@chirograph/contract/load';
import type { Message, Workspace } from '@chirograph/contract/model';
import { parse } from '@chirograph/contract/source';
import {
  isObject,
  type JsonObject,
  type JsonValue,
  joinPointer,
  splitPointer,
  valueAt,
} from '@chirograph/schema';
import { CommandError } from '../exit.ts';

/**
 * One document in which every reference stays: what others hold that a service's document refers to stands under its
 * `components`, or where it is referred to. Names stay, unless two things have one. Throws `CommandError` where a reference leads
 * nowhere, to the network, or round in a circle in which it cannot stay.
 */
export function bundle(workspace: Workspace, file: string): JsonObject {
  return new Bundler(workspace, file).run();
}

type Mutable = Record<string, JsonValue>;

/** Places whose references go to a list of components of their own: by the key that holds them. */
const KINDS: Readonly<Record<string, string>> = {
  correlationId: 'correlationIds',
  externalDocs: 'externalDocs',
  parameters: 'parameters',
  reply: 'replies',
  address: 'replyAddresses',
  security: 'securitySchemes',
  variables: 'serverVariables',
  tags: 'tags',
};

class Bundler {
  readonly #workspace: Workspace;
  readonly #file: string;
  readonly #documents = new Map<string, JsonValue>();
  readonly #messages: ReadonlyMap<string, Message>;
  readonly #channels: ReadonlySet<string>;
  /** Where in the bundle stands what was elsewhere, by file and pointer. */
  readonly #places = new Map<string, string>();
  /** What is being written where it is referred to. */
  readonly #open = new Set<string>();
  readonly #bundle: Mutable = {};

  constructor(workspace: Workspace, file: string) {
    this.#workspace = workspace;
    this.#file = file;
    this.#messages = new Map(workspace.messages.map((it) => [it.id, it]));
    this.#channels = new Set(workspace.channels.map((it) => it.id));
  }

  run(): JsonObject {
    const document = this.#document(this.#file);
    if (!isObject(document)) throw new CommandError(`${this.#file} is no AsyncAPI document`);
    // Room for what comes from elsewhere, before anything refers to it.
    for (const [key, value] of Object.entries(document)) this.#bundle[key] = isObject(value) ? {} : value;
    this.#claimEntries(document);
    for (const [key, value] of Object.entries(document)) {
      if (!isObject(value)) this.#bundle[key] = this.#rewritten(value, this.#file, [key]);
      else for (const [name, it] of Object.entries(value)) this.#write([key, name], it);
    }
    return this.#bundle;
  }

  /** Entries that refer elsewhere are where that stands from now on. */
  #claimEntries(document: JsonObject): void {
    for (const path of entriesOf(document)) {
      const value = valueAt(document, joinPointer(path));
      const target =
        isObject(value) && typeof value.$ref === 'string' ? this.#target(value.$ref, this.#file) : undefined;
      if (target) this.#places.set(target, joinPointer(path));
    }
  }

  #write(path: readonly string[], value: JsonValue): void {
    const [key = '', name = ''] = path;
    const holder = this.#bundle[key] as Mutable;
    if (key !== 'components' || !isObject(value)) {
      holder[name] = this.#entry(path, value);
      return;
    }
    const list = (holder[name] ?? {}) as Mutable;
    holder[name] = list;
    for (const [own, it] of Object.entries(value)) list[own] = this.#entry([...path, own], it);
  }

  /** An entry that is a reference to elsewhere becomes what that is. */
  #entry(path: readonly string[], value: JsonValue): JsonValue {
    const target =
      isObject(value) && typeof value.$ref === 'string' ? this.#target(value.$ref, this.#file) : undefined;
    return target !== undefined && this.#places.get(target) === joinPointer(path)
      ? this.#copied(target, path)
      : this.#rewritten(value, this.#file, path);
  }

  /** A copy whose references stay in the bundle. @param path where it will stand */
  #rewritten(value: JsonValue, file: string, path: readonly string[]): JsonValue {
    if (Array.isArray(value)) return value.map((it, i) => this.#rewritten(it, file, [...path, String(i)]));
    if (!isObject(value)) return value;
    const isData = path.some((it, i) => DATA.has(it) && path[i - 1] !== 'properties');
    if (typeof value.$ref !== 'string' || isData)
      return Object.fromEntries(
        Object.entries(value).map(([key, it]) => [key, this.#rewritten(it, file, [...path, key])]),
      );
    const id = this.#target(value.$ref, file);
    if (id === undefined) return value;
    const place = this.#placeOf(id, path);
    return place === undefined ? this.#copied(id, path) : { ...value, $ref: `#${place}` };
  }

  /** Where the bundle holds a thing; undefined for what has no place of its own, and is written where it is wanted. */
  #placeOf(id: string, path: readonly string[]): string | undefined {
    const known = this.#places.get(id);
    if (known !== undefined) return known;
    const [file = '', pointer = ''] = split(id);
    const steps = splitPointer(pointer);
    // What stands within a channel goes with it.
    const length = steps[0] === 'channels' || steps[0] === 'servers' ? 2 : steps[0] === 'components' ? 3 : 0;
    const owner = `${file}#${joinPointer(steps.slice(0, length))}`;
    if (length > 0 && steps.length > length && !this.#isSchema(id)) {
      const place = this.#placeOf(owner, path);
      return place === undefined ? undefined : place + joinPointer(steps.slice(length));
    }
    const list = this.#listFor(id, path, length === steps.length ? steps : []);
    if (list === undefined) return undefined;
    const holder = this.#holder(list);
    // Code is named after the keys of messages.
    const wanted = this.#messages.get(id)?.key ?? steps.at(-1) ?? stem(file);
    const name = freeName(holder, wanted, this.#reserved(list));
    const place = joinPointer([...list, name]);
    this.#places.set(id, place);
    holder[name] = null;
    holder[name] = this.#copied(id, [...list, name]);
    return place;
  }

  /** Where the bundle keeps things like this one. */
  #listFor(id: string, path: readonly string[], steps: readonly string[]): readonly string[] | undefined {
    if (this.#isSchema(id)) return ['components', 'schemas'];
    if (this.#messages.has(id)) return ['components', 'messages'];
    if (this.#channels.has(id) && path.includes('operations')) return ['channels'];
    if (steps.length > 0) return steps.slice(0, -1);
    const key = path.toReversed().find((it) => !/^\d+$/.test(it)) ?? '';
    const parent = path.at(-2) ?? '';
    const kind =
      KINDS[key] ??
      KINDS[parent] ??
      (key === 'traits'
        ? path.includes('messages') || path.includes('message')
          ? 'messageTraits'
          : 'operationTraits'
        : undefined);
    return kind === undefined ? undefined : ['components', kind];
  }

  #isSchema(id: string): boolean {
    const found = this.#workspace.schemas[id];
    return found !== undefined && found.avro === undefined;
  }

  #holder(list: readonly string[]): Mutable {
    let holder = this.#bundle;
    for (const key of list) {
      holder[key] ??= {};
      holder = holder[key] as Mutable;
    }
    return holder;
  }

  /** The names that the document itself has for such things, whether they are written yet or not. */
  #reserved(list: readonly string[]): ReadonlySet<string> {
    const own = valueAt(this.#document(this.#file), joinPointer(list));
    return new Set(isObject(own) ? Object.keys(own) : []);
  }

  #copied(id: string, path: readonly string[]): JsonValue {
    const [file = '', pointer = ''] = split(id);
    const value = valueAt(this.#document(file), pointer);
    if (value === undefined)
      throw new CommandError(`the reference to ${id} does not resolve`, 'Run: chirograph validate');
    if (this.#open.has(id))
      throw new CommandError(`${id} contains itself, and has no place under \`components\``);
    this.#open.add(id);
    const copy = this.#rewritten(value, file, path);
    this.#open.delete(id);
    return this.#withContentType(id, copy);
  }

  /** A message has the content type of the document that it comes from. */
  #withContentType(id: string, message: JsonValue): JsonValue {
    const type = this.#messages.get(id)?.contentType;
    const own = valueAt(this.#document(this.#file), '/defaultContentType') ?? 'application/json';
    if (type === undefined || type === own || !isObject(message) || '$ref' in message) return message;
    return message.contentType === undefined ? { ...message, contentType: type } : message;
  }

  /** What a reference leads to, unless that stands in the document itself. */
  #target(ref: string, from: string): string | undefined {
    const target = targetOf(ref, from);
    if (target.kind === 'remote' && this.#workspace.sources[target.url])
      return `${target.url}#${target.fragment}`;
    if (target.kind !== 'location')
      throw new CommandError(
        `the reference to ${ref} cannot be bundled`,
        target.kind === 'remote' ? 'Follow it: --remote' : 'Run: chirograph validate',
      );
    const { file, fragment } = target;
    if (fragment !== '' && !fragment.startsWith('/'))
      throw new CommandError(`the reference to ${ref} names an anchor`, 'Refer to it by its pointer.');
    return file === this.#file ? undefined : `${file}#${fragment}`;
  }

  #document(file: string): JsonValue {
    const known = this.#documents.get(file);
    if (known !== undefined) return known;
    const source = this.#workspace.sources[file];
    const parsed = source && parse(source);
    if (parsed?.kind !== 'value')
      throw new CommandError(`${file} cannot be read`, 'Run: chirograph validate');
    this.#documents.set(file, parsed.value);
    return parsed.value;
  }
}

/** Keywords and keys under which a `$ref` is data. */
const DATA = new Set(['const', 'default', 'enum', 'example', 'examples']);

/** The entries of a document's lists, by their paths. */
function entriesOf(document: JsonObject): string[][] {
  const lists = ['channels', 'servers', 'operations'].flatMap((key) =>
    isObject(document[key]) ? Object.keys(document[key]).map((name) => [key, name]) : [],
  );
  const { components } = document;
  if (!isObject(components)) return lists;
  const components2 = Object.entries(components).flatMap(([kind, list]) =>
    isObject(list) ? Object.keys(list).map((name) => ['components', kind, name]) : [],
  );
  return [...lists, ...components2];
}

function split(id: string): [file: string, pointer: string] {
  const hash = id.lastIndexOf('#');
  return [id.slice(0, hash), id.slice(hash + 1)];
}

function stem(file: string): string {
  return (file.split('/').at(-1) ?? file).replace(/\.[^.]*$/, '');
}

/** A key of components that nothing has yet. */
function freeName(holder: Mutable, wanted: string, reserved: ReadonlySet<string>): string {
  const name = wanted.replace(/[^\w.-]/g, '-') || 'it';
  for (let n = 1; ; n += 1) {
    const numbered = n === 1 ? name : `${name}-${n}`;
    if (!Object.hasOwn(holder, numbered) && !reserved.has(numbered)) return numbered;
  }
}
