import { createRequire } from 'node:module';
import type { JsonObject } from '../json/json-value.ts';
import { DRAFT_04 } from './draft-04.ts';
import type { Dialect } from './schema.ts';

/** A meta-schema with its URI. */
type MetaSchema = JsonObject & { readonly $id: string };

/** Few schemas refer to a meta-schema, so that these files are read when one does. */
const require = createRequire(import.meta.url);

const VOCABULARIES: Readonly<Record<Exclude<Dialect, 'draft-07'>, readonly string[]>> = {
  '2019-09': ['applicator', 'content', 'core', 'format', 'meta-data', 'validation'],
  '2020-12': ['applicator', 'content', 'core', 'format-annotation', 'meta-data', 'unevaluated', 'validation'],
};

/** The meta-schemas up to draft-07: they mean the same whatever edition they are read in. */
export const oldMetaSchemas = once((): readonly MetaSchema[] => [
  DRAFT_04,
  read('json-schema-draft-06'),
  read('json-schema-draft-07'),
]);

const KNOWN: Readonly<Record<Dialect, () => ReadonlyMap<string, JsonObject>>> = {
  'draft-07': once(() => byUri(oldMetaSchemas())),
  '2019-09': once(() => byUri([...oldMetaSchemas(), ...newMetaSchemas('2019-09')])),
  '2020-12': once(() => byUri([...oldMetaSchemas(), ...newMetaSchemas('2020-12')])),
};

function newMetaSchemas(dialect: keyof typeof VOCABULARIES): MetaSchema[] {
  const names = ['schema', ...VOCABULARIES[dialect].map((name) => `meta/${name}`)];
  return names.map((name) => read(`json-schema-${dialect}/${name}`));
}

function read(name: string): MetaSchema {
  return require(`ajv/dist/refs/${name}.json`);
}

function byUri(schemas: readonly MetaSchema[]): ReadonlyMap<string, JsonObject> {
  return new Map(schemas.map((schema) => [schema.$id.replace(/#$/, ''), schema]));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/**
 * The meta-schema of a URI without a fragment, where a schema of an edition may refer to it: the only documents
 * known beside the schema itself.
 */
export function metaSchemaAt(uri: string, dialect: Dialect): JsonObject | undefined {
  return uri.includes('//json-schema.org/') ? KNOWN[dialect]().get(uri) : undefined;
}
