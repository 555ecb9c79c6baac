import { type JsonObject, type JsonValue, joinPointer, type Location, valueAt } from '@chirograph/schema';
import { findAnchor } from './anchors.ts';
import { visitSchemaObjects } from './schema-objects.ts';
import { decode } from './uri.ts';

/** A schema that says by its `$id` what it is called (JSON Schema 2020-12, core, section 8.2.1). */
export interface Resource extends Location {
  /** Absolute, without a fragment. */
  readonly uri: string;
  readonly value: JsonObject;
}

/** The schemas with an `$id` of all documents that have been opened. */
export class Resources {
  readonly #byUri = new Map<string, Resource[]>();

  add(resources: readonly Resource[]): void {
    for (const it of resources) this.#byUri.set(it.uri, [...(this.#byUri.get(it.uri) ?? []), it]);
  }

  /**
   * Where a URI leads that names such a schema, or what is in one; undefined where none is called so. Where copies of a
   * schema stand in several files, the one in the file at hand is meant, else the first.
   */
  find(uri: string, from: string): Location | undefined {
    if (this.#byUri.size === 0) return undefined;
    const [name = '', fragment = ''] = splitUri(uri);
    const known = this.#byUri.get(name);
    const resource = known?.find((it) => it.file === from) ?? known?.[0];
    const pointer = resource && pointerIn(resource, fragment);
    return pointer === undefined ? undefined : { file: resource!.file, pointer };
  }
}

/**
 * The schemas of a document that have an `$id`, each before those inside it. A relative one is taken from that of the
 * schema around it, else from the file; one that is only a fragment is an anchor.
 */
export function resourcesOf(document: JsonValue, file: string): Resource[] {
  const found: Resource[] = [];
  const start = { base: uriOfFile(file), isNewer: false };
  visitSchemaObjects(document, start, (value, path, { base, ...around }) => {
    const said = value.$schema ?? value.schemaFormat;
    const isNewer = typeof said === 'string' ? NEWER.test(said) : around.isNewer;
    // Up to draft-07, nothing beside a `$ref` counts.
    const uri = isNewer || typeof value.$ref !== 'string' ? idOf(value, base) : undefined;
    if (uri !== undefined) found.push({ uri, file, pointer: joinPointer(path), value });
    return { base: uri ?? base, isNewer };
  });
  return found;
}

/** What `$schema` and `schemaFormat` say of dialects in which more than the reference counts. */
const NEWER = /2019-09|2020-12/;

/**
 * A copy of a document in which each reference inside a schema with an `$id` says where it leads, seen from the document:
 * in JSON Schema it is read from the schema. One that leads nowhere so stays as it is, and is read from the document, as
 * AsyncAPI's own tools read all of them.
 */
export function withBases(
  document: JsonValue,
  own: readonly Resource[],
  find: (uri: string) => Location | undefined,
): JsonValue {
  const byValue = new Map<JsonValue, Resource>(own.map((it) => [it.value, it]));
  const visit = (value: JsonValue, around: Resource | undefined): JsonValue => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((it: JsonValue) => visit(it, around));
    const resource = byValue.get(value) ?? around;
    const copy = Object.entries(value).map(([key, child]): [string, JsonValue] => {
      if (!REFERENCES.includes(key) || typeof child !== 'string' || !resource)
        return [key, visit(child, resource)];
      return [key, refFrom(resource, child, find) ?? child];
    });
    return Object.fromEntries(copy);
  };
  return visit(document, undefined);
}

const REFERENCES = ['$ref', '$dynamicRef', '$recursiveRef'];

function refFrom(
  resource: Resource,
  ref: string,
  find: (uri: string) => Location | undefined,
): string | undefined {
  if (ref.startsWith('#')) {
    const pointer = pointerIn(resource, ref.slice(1));
    return pointer === undefined ? undefined : `#${encodeURI(pointer)}`;
  }
  const uri = absolute(ref, resource.uri);
  const target = uri === undefined ? undefined : find(uri);
  if (!target) return undefined;
  return target.file === resource.file ? `#${encodeURI(target.pointer)}` : uri;
}

/** The pointer, from the document's root, to what a fragment means within a schema; undefined where it means nothing. */
function pointerIn({ value, pointer }: Resource, written: string): string | undefined {
  const fragment = decode(written);
  if (fragment === '') return pointer;
  const inner = fragment.startsWith('/') ? fragment : findAnchor(value, fragment);
  if (inner === undefined) return undefined;
  // A reference may stand on the way; whether the rest leads somewhere is found out when it is followed.
  const [first] = inner.slice(1).split('/', 1);
  return valueAt(value, `/${first}`) === undefined ? undefined : `${pointer}${inner}`;
}

function idOf({ $id }: JsonObject, base: string): string | undefined {
  if (typeof $id !== 'string' || $id === '') return undefined;
  const [name = '', fragment = ''] = splitUri($id);
  return name === '' || fragment !== '' ? undefined : absolute(name, base);
}

function absolute(uri: string, base: string): string | undefined {
  return URL.parse(uri, base)?.href;
}

/** A file is known by a URI as well; files that came from the network are called by theirs. */
export function uriOfFile(file: string): string {
  return URL.parse(file)?.href ?? `file:///${file.split('/').map(encodeURIComponent).join('/')}`;
}

function splitUri(uri: string): string[] {
  return uri.split(/#(.*)/s);
}
