/** The public face of the containment engine. */
export { type Containment, type ContainmentOptions, DEFAULT_STEPS } from './containment.ts';
export { decidePair, type Mode, type Pair, type PairVerdict } from './decide-batch.ts';
export { decideContainment } from './decide-containment.ts';
export type { JsonObject, JsonSchema, JsonValue } from './json/json-value.ts';
export { type ParsedJson, parseJson } from './json/parse-json.ts';
export type { Dialect } from './schema/dialect.ts';
