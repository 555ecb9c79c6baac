import { bundle } from '../bundle/bundle.ts';
import { decideContainment } from '../containment/decide-containment.ts';
import type { JsonValue } from '../json/json-value.ts';
import type { JsonSchema, Schemas } from '../keywords/schema.ts';

/**
 * Up to `count` values of a schema, as the containment engine finds them: each is one that the schema allows and that is none
 * of those before. None where there is none, or where the engine does not come to an end.
 */
export function foundValues(document: JsonSchema, count: number): JsonValue[] {
  const found: JsonValue[] = [];
  while (found.length < count) {
    const answer = decideContainment(document, found.length === 0 ? false : { enum: found });
    if (answer.kind !== 'not-contained') break;
    found.push(answer.witness);
  }
  return found;
}

/** A schema with all that it refers to, as one document. */
export function documentFor({ schemas }: Schemas, json: JsonSchema): JsonSchema {
  return bundle({ schemas: { ...schemas, [ROOT]: { json, name: '' } } }, ROOT);
}

/** An id that no reference has. */
const ROOT = '\0';
