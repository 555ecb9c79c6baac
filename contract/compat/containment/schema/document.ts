import draft07 from 'ajv/dist/refs/json-schema-draft-07.json' with { type: 'json' };
import { isArray, isObject, type JsonSchema, type JsonValue, member } from '../json/json-value.ts';
import type { Dialect } from './dialect.ts';
import { subschemasOf } from './subschemas.ts';

/** A schema and where it stands; `base` is the URI of its resource, `pointer` leads from there to it. */
export interface Place {
  readonly schema: JsonValue;
  readonly base: string;
  readonly pointer: string;
}

/** One schema document with everything that a `$ref` in it can reach: no file, no network. */
export interface SchemaDocument {
  readonly root: Place;
  readonly dialect: Dialect;
  /** The place that a reference leads to, or undefined where it leads nowhere. */
  readonly resolve: (reference: string, base: string) => Place | undefined;
  /** The place of a subschema; crosses into a new resource where it has an `$id`. */
  readonly descend: (from: Place, schema: JsonValue, path: readonly string[]) => Place;
  /** How many schemas declare this `$dynamicAnchor`; the empty name stands for `$recursiveAnchor`. */
  readonly dynamicAnchors: (name: string) => number;
}

/**
 * Reads the identifiers of a document (JSON Schema core, sections 8 and 9). `name` keeps the keys of two
 * documents apart.
 */
export function readDocument(name: string, schema: JsonSchema, dialect: Dialect): SchemaDocument {
  const resources = new Map<string, Place>();
  const anchors = new Map<string, Place>();
  const dynamicAnchors = new Map<string, number>();
  const defaultBase = `schema://${name}/`;

  const outer: Place = { schema, base: defaultBase, pointer: '' };
  resources.set(defaultBase, outer);
  const root = rebase(outer);
  register(root);
  const metaSchema: Place = {
    schema: draft07 as JsonValue,
    base: 'http://json-schema.org/draft-07/schema',
    pointer: '',
  };
  if (!resources.has(metaSchema.base)) resources.set(metaSchema.base, metaSchema);

  function rebase(place: Place): Place {
    if (!isObject(place.schema)) return place;
    const id = member(place.schema, '$id');
    const silenced = dialect === 'draft-07' && member(place.schema, '$ref') !== undefined;
    if (typeof id !== 'string' || id.startsWith('#') || silenced) return place;
    const uri = absolute(id, place.base);
    if (uri === undefined) return place;
    const [base = uri] = uri.split('#');
    return { schema: place.schema, base, pointer: '' };
  }

  function register(place: Place): void {
    const { schema } = place;
    if (!isObject(schema)) return;
    if (place.pointer === '') resources.set(place.base, place);
    const id = member(schema, '$id');
    if (dialect === 'draft-07' && typeof id === 'string' && id.includes('#') && !id.endsWith('#')) {
      anchors.set(`${place.base}#${id.slice(id.indexOf('#') + 1)}`, place);
    }
    for (const keyword of dialect === 'draft-07' ? [] : ['$anchor', '$dynamicAnchor']) {
      const anchor = member(schema, keyword);
      if (typeof anchor !== 'string') continue;
      anchors.set(`${place.base}#${anchor}`, place);
      if (keyword === '$dynamicAnchor') dynamicAnchors.set(anchor, (dynamicAnchors.get(anchor) ?? 0) + 1);
    }
    if (member(schema, '$recursiveAnchor') === true)
      dynamicAnchors.set('', (dynamicAnchors.get('') ?? 0) + 1);
    for (const [path, part] of subschemasOf(schema)) register(descend(place, part, path));
  }

  function descend(from: Place, part: JsonValue, path: readonly string[]): Place {
    const pointer = path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    return rebase({ schema: part, base: from.base, pointer: from.pointer + pointer });
  }

  function resolve(reference: string, base: string): Place | undefined {
    const uri = absolute(reference, base);
    if (uri === undefined) return undefined;
    const hash = uri.indexOf('#');
    const resource = hash === -1 ? uri : uri.slice(0, hash);
    const fragment = hash === -1 ? '' : decoded(uri.slice(hash + 1));
    if (fragment === undefined) return undefined;
    if (fragment !== '' && !fragment.startsWith('/')) return anchors.get(`${resource}#${fragment}`);
    const start = resources.get(resource);
    return start === undefined ? undefined : walk(start, fragment);
  }

  function walk(start: Place, pointer: string): Place | undefined {
    let place = start;
    for (const token of pointer.split('/').slice(1)) {
      const step = token.replaceAll('~1', '/').replaceAll('~0', '~');
      const { schema } = place;
      const next = isArray(schema)
        ? schema[Number(step)]
        : isObject(schema)
          ? member(schema, step)
          : undefined;
      if (next === undefined) return undefined;
      place = descend(place, next, [step]);
    }
    return place;
  }

  return { root, dialect, resolve, descend, dynamicAnchors: (anchor) => dynamicAnchors.get(anchor) ?? 0 };
}

function absolute(reference: string, base: string): string | undefined {
  return URL.canParse(reference, base) ? new URL(reference, base).href : undefined;
}

function decoded(fragment: string): string | undefined {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return undefined;
  }
}
