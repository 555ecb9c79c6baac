import { bundle, type Dialect } from '../../model/index.ts';
import { isObject } from '../../source/index.ts';
import { type Containment, decideContainment, type JsonSchema } from '../containment/index.ts';
import { declared, type Rooted } from '../schemas/declared.ts';
import type { Writers } from './policy.ts';

const EDITIONS: Readonly<Record<Dialect, string>> = {
  'draft-07': 'http://json-schema.org/draft-07/schema#',
  '2019-09': 'https://json-schema.org/draft/2019-09/schema',
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
};

/** Both schemas as documents, and whether all that the first lets a producer write is read by the second. */
export interface Decision {
  readonly written: JsonSchema;
  readonly read: JsonSchema;
  readonly containment: Containment;
}

/** Whether everything that a producer with one schema writes is understood by a consumer with another. */
export function decide(producer: Rooted, consumer: Rooted, writers: Writers): Decision {
  const written = documentOf(writers === 'declared' ? declared(producer) : producer);
  const read = documentOf(consumer);
  return { written, read, containment: decideContainment(written, read) };
}

/** A schema as a document of its own that says its edition. */
export function documentOf(rooted: Rooted): JsonSchema {
  const json = bundle(rooted, rooted.root);
  if (!isObject(json)) return json;
  return { $schema: EDITIONS[rooted.schemas[rooted.root]?.dialect ?? 'draft-07'], ...json };
}
