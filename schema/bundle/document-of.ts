import type { Rooted } from '../combine/declared.ts';
import { isObject } from '../json/json-value.ts';
import type { Dialect, JsonSchema } from '../keywords/schema.ts';
import { bundle } from './bundle.ts';

/** What `$schema` says of each dialect. */
export const META_SCHEMAS: Readonly<Record<Dialect, string>> = {
  'draft-07': 'http://json-schema.org/draft-07/schema#',
  '2019-09': 'https://json-schema.org/draft/2019-09/schema',
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
};

/** A schema as a document of its own that says its dialect. */
export function documentOf(rooted: Rooted): JsonSchema {
  const json = bundle(rooted, rooted.root);
  if (!isObject(json)) return json;
  return { $schema: META_SCHEMAS[rooted.schemas[rooted.root]?.dialect ?? 'draft-07'], ...json };
}
