import type { Definition, Dialect, JsonSchema, JsonValue } from '@chirograph/schema';
import * as combine from '@chirograph/schema/combine';
import type { Workspace } from '../model/index.ts';
import { engine } from './engine.ts';

/** Enough for the schemas that people write, and no more than some ten milliseconds for any. */
const STEPS = 20_000;

/** A part of a schema of the workspace as a document of its own. `dialect` is that of the schema which it is a part of. */
export function documentOf(workspace: Workspace, json: JsonSchema, dialect: Dialect): JsonSchema {
  return combine.documentOf(rooted(workspace, json, dialect));
}

/** The same, of values without properties that no schema names. */
export function declaredOf(workspace: Workspace, json: JsonSchema, dialect: Dialect): JsonSchema {
  return combine.documentOf(combine.declared(rooted(workspace, json, dialect)));
}

function rooted({ schemas }: Workspace, json: JsonSchema, dialect: Dialect): combine.Rooted {
  const own = combine.layered<Definition>(schemas);
  own[PART] = { name: 'Part', json, dialect };
  return { schemas: own, root: PART };
}

/** No id of a schema: those are places. */
const PART = 'part';

/** Whether it is proved that every value of one document is one of another. */
export function isContained(sub: JsonSchema, sup: JsonSchema): boolean {
  return engine().isContained(sub, sup, { steps: STEPS });
}

/** A value of a document; undefined where there is none, or none was found. */
export function sampleOf(document: JsonSchema): JsonValue | undefined {
  const decided = engine().decideContainment(document, false, { steps: STEPS });
  return decided.kind === 'not-contained' ? decided.witness : undefined;
}

/** Whether it is proved that a document has no value. */
export function isEmpty(document: JsonSchema): boolean {
  return isContained(document, false);
}
