import { isArray, isObject, type JsonValue, member } from '../../json/json-value.ts';
import { metaSchemaAt } from '../../keywords/meta-schemas.ts';
import type { Dialect, JsonSchema } from '../../keywords/schema.ts';
import { subschemasOf } from '../../keywords/subschemas-of.ts';

/** A schema and where it stands. */
export interface Place {
  readonly schema: JsonValue;
  /** The URI of the resource it belongs to. */
  readonly base: string;
  /** The JSON pointer from the resource's root. */
  readonly pointer: string;
  /** The resources that were entered on the way here, outermost first (core 2020-12, section 7.1). */
  readonly scope: readonly string[];
}

/** One schema document with everything that a reference in it can reach: no file, no network. */
export interface SchemaDocument {
  readonly root: Place;
  readonly dialect: Dialect;
  /** The place that a `$ref` leads to, or undefined where it does not resolve. */
  readonly resolve: (reference: string, from: Place) => Place | undefined;
  /** The same for a `$dynamicRef` or, as `#`, a `$recursiveRef`, which depend on how `from` was reached. */
  readonly resolveDynamic: (reference: string, from: Place) => Place | undefined;
  /** The place of a subschema; crosses into a new resource where it has an `$id`. */
  readonly descend: (from: Place, schema: JsonValue, path: readonly string[]) => Place;
  /** What tells a place apart from every other one, of other documents too. */
  readonly keyOf: (place: Place) => string;
  /** What tells a reference apart that does not resolve; one to a foreign resource means the same everywhere. */
  readonly danglingKey: (reference: string, from: Place) => string;
}

/**
 * Reads the identifiers of a document (JSON Schema core, sections 8 and 9). `name` tells it from others, which
 * may well have the same `$id`.
 */
export function readDocument(name: string, schema: JsonSchema, dialect: Dialect): SchemaDocument {
  const resources = new Map<string, Place>();
  const anchors = new Map<string, Place>();
  const dynamicAnchors = new Set<string>();

  const start = `schema://${name}/`;
  const outer: Place = { schema, base: start, pointer: '', scope: [] };
  resources.set(start, outer);
  const root = entered(rebase(outer), []);
  register(root);

  function rebase(place: Place): Place {
    if (!isObject(place.schema)) return place;
    const id = member(place.schema, '$id');
    const silenced = dialect === 'draft-07' && member(place.schema, '$ref') !== undefined;
    if (typeof id !== 'string' || id.startsWith('#') || silenced) return place;
    const uri = absolute(id, place.base);
    if (uri === undefined) return place;
    const [base = uri] = uri.split('#');
    return entered({ schema: place.schema, base, pointer: '', scope: place.scope }, place.scope);
  }

  function entered(place: Place, scope: readonly string[]): Place {
    return { ...place, scope: scope.includes(place.base) ? scope : [...scope, place.base] };
  }

  function register(place: Place): void {
    const { schema: here, base } = place;
    if (!isObject(here)) return;
    if (place.pointer === '') resources.set(base, place);
    const id = member(here, '$id');
    if (dialect === 'draft-07' && typeof id === 'string' && id.includes('#') && !id.endsWith('#')) {
      anchors.set(`${base}#${id.slice(id.indexOf('#') + 1)}`, place);
    }
    for (const keyword of dialect === 'draft-07' ? [] : ['$anchor', '$dynamicAnchor']) {
      const anchor = member(here, keyword);
      if (typeof anchor !== 'string') continue;
      anchors.set(`${base}#${anchor}`, place);
      if (keyword === '$dynamicAnchor') dynamicAnchors.add(`${base}#${anchor}`);
    }
    if (member(here, '$recursiveAnchor') === true && place.pointer === '') dynamicAnchors.add(`${base}#`);
    for (const [path, part] of subschemasOf(here)) register(descend(place, part, path));
  }

  function descend(from: Place, part: JsonValue, path: readonly string[]): Place {
    const pointer = path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    return rebase({ schema: part, base: from.base, pointer: from.pointer + pointer, scope: from.scope });
  }

  function resourceAt(uri: string): Place | undefined {
    const meta = metaSchemaAt(uri, dialect);
    if (!resources.has(uri) && meta !== undefined)
      register({ schema: meta, base: uri, pointer: '', scope: [] });
    return resources.get(uri);
  }

  function resolve(reference: string, from: Place): Place | undefined {
    const uri = absolute(reference, from.base);
    if (uri === undefined) return undefined;
    const [resource, fragment] = split(uri);
    const target = resourceAt(resource);
    if (target === undefined || fragment === undefined) return undefined;
    const isPointer = fragment === '' || fragment.startsWith('/');
    const place = isPointer ? walk(target, fragment) : anchors.get(`${resource}#${fragment}`);
    return place && entered(place, from.scope);
  }

  function resolveDynamic(reference: string, from: Place): Place | undefined {
    const place = resolve(reference, from);
    const anchor = reference.slice(reference.indexOf('#'));
    if (place === undefined || !dynamicAnchors.has(place.base + anchor)) return place;
    const outermost = from.scope.find((base) => dynamicAnchors.has(base + anchor));
    if (outermost === undefined) return place;
    const dynamic = anchor === '#' ? resources.get(outermost) : anchors.get(outermost + anchor);
    return dynamic && entered(dynamic, from.scope);
  }

  function walk(from: Place, pointer: string): Place | undefined {
    let place = from;
    for (const token of pointer.split('/').slice(1)) {
      const step = token.replaceAll('~1', '/').replaceAll('~0', '~');
      const { schema: here } = place;
      const next = isArray(here) ? here[Number(step)] : isObject(here) ? member(here, step) : undefined;
      if (next === undefined) return undefined;
      place = descend(place, next, [step]);
    }
    return place;
  }

  return {
    root,
    dialect,
    resolve,
    resolveDynamic,
    descend,
    // Without dynamic anchors nothing depends on the way to a place.
    keyOf: ({ base, pointer, scope }) => `${name} ${base}#${pointer} ${dynamicAnchors.size > 0 ? scope : ''}`,
    danglingKey: (reference, from) => {
      const uri = absolute(reference, from.base) ?? `${from.base} ${reference}`;
      return resources.has(split(uri)[0]) ? `${name} ${uri}` : uri;
    },
  };
}

function absolute(reference: string, base: string): string | undefined {
  return URL.canParse(reference, base) ? new URL(reference, base).href : undefined;
}

/** The resource of a URI and its decoded fragment, undefined where that is malformed. */
function split(uri: string): readonly [string, string | undefined] {
  const hash = uri.indexOf('#');
  if (hash === -1) return [uri, ''];
  try {
    return [uri.slice(0, hash), decodeURIComponent(uri.slice(hash + 1))];
  } catch {
    return [uri.slice(0, hash), undefined];
  }
}
