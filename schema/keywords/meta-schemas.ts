import applicator2019 from 'ajv/dist/refs/json-schema-2019-09/meta/applicator.json' with { type: 'json' };
import content2019 from 'ajv/dist/refs/json-schema-2019-09/meta/content.json' with { type: 'json' };
import core2019 from 'ajv/dist/refs/json-schema-2019-09/meta/core.json' with { type: 'json' };
import format2019 from 'ajv/dist/refs/json-schema-2019-09/meta/format.json' with { type: 'json' };
import metaData2019 from 'ajv/dist/refs/json-schema-2019-09/meta/meta-data.json' with { type: 'json' };
import validation2019 from 'ajv/dist/refs/json-schema-2019-09/meta/validation.json' with { type: 'json' };
import schema2019 from 'ajv/dist/refs/json-schema-2019-09/schema.json' with { type: 'json' };
import applicator2020 from 'ajv/dist/refs/json-schema-2020-12/meta/applicator.json' with { type: 'json' };
import content2020 from 'ajv/dist/refs/json-schema-2020-12/meta/content.json' with { type: 'json' };
import core2020 from 'ajv/dist/refs/json-schema-2020-12/meta/core.json' with { type: 'json' };
import format2020 from 'ajv/dist/refs/json-schema-2020-12/meta/format-annotation.json' with { type: 'json' };
import metaData2020 from 'ajv/dist/refs/json-schema-2020-12/meta/meta-data.json' with { type: 'json' };
import unevaluated2020 from 'ajv/dist/refs/json-schema-2020-12/meta/unevaluated.json' with { type: 'json' };
import validation2020 from 'ajv/dist/refs/json-schema-2020-12/meta/validation.json' with { type: 'json' };
import schema2020 from 'ajv/dist/refs/json-schema-2020-12/schema.json' with { type: 'json' };
import schema06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import schema07 from 'ajv/dist/refs/json-schema-draft-07.json' with { type: 'json' };
import type { JsonObject } from '../json/json-value.ts';
import { DRAFT_04 } from './draft-04.ts';
import type { Dialect } from './schema.ts';

/** The meta-schemas up to draft-07: they mean the same whatever edition they are read in. */
export const OLD_META_SCHEMAS: readonly (JsonObject & { readonly $id: string })[] = [
  DRAFT_04,
  schema06,
  schema07,
];

const NEW_META_SCHEMAS = {
  '2019-09': [schema2019, applicator2019, content2019, core2019, format2019, metaData2019, validation2019],
  '2020-12': [
    schema2020,
    applicator2020,
    content2020,
    core2020,
    format2020,
    metaData2020,
    unevaluated2020,
    validation2020,
  ],
};

const KNOWN: Readonly<Record<Dialect, ReadonlyMap<string, JsonObject>>> = {
  'draft-07': byUri(OLD_META_SCHEMAS),
  '2019-09': byUri([...OLD_META_SCHEMAS, ...NEW_META_SCHEMAS['2019-09']]),
  '2020-12': byUri([...OLD_META_SCHEMAS, ...NEW_META_SCHEMAS['2020-12']]),
};

function byUri(schemas: readonly (JsonObject & { readonly $id: string })[]): ReadonlyMap<string, JsonObject> {
  return new Map(schemas.map((schema) => [schema.$id.replace(/#$/, ''), schema]));
}

/**
 * The meta-schema of a URI without a fragment, where a schema of an edition may refer to it: the only documents
 * known beside the schema itself.
 */
export function metaSchemaAt(uri: string, dialect: Dialect): JsonObject | undefined {
  return KNOWN[dialect].get(uri);
}
