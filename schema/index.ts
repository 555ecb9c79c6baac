/** JSON Schema: values, keywords, evaluation. Nothing here knows AsyncAPI, a workspace or the disk. */
export { bundle, reachableSchemas, referencesOf } from './bundle/bundle.ts';
export type { References, Target } from './evaluate/check.ts';
export { either, kindOf, type Words, wordsFor } from './evaluate/describe.ts';
export { type Evaluator, evaluator } from './evaluate/evaluate.ts';
export { KNOWN_FORMATS } from './evaluate/formats.ts';
export { locationOf, rootOf, type Trail } from './evaluate/instance-path.ts';
export { isOfType } from './evaluate/scalars.ts';
export type { Fault, Problem } from './evaluate/validation-error.ts';
export { equal, fingerprint } from './json/equal.ts';
export { isObject, type JsonObject, type JsonValue } from './json/json-value.ts';
export type { Location } from './json/location.ts';
export { type ParsedJson, parseJson } from './json/parse-json.ts';
export { childPointer, joinPointer, splitPointer, valueAt } from './json/pointer.ts';
export { dialectOf } from './keywords/dialect.ts';
export {
  JSON_TYPES,
  type JsonType,
  KEYWORDS,
  type Keyword,
  type KeywordRow,
  keywordRow,
} from './keywords/keyword-table.ts';
export {
  dialectOfDraft,
  type IgnoredKeyword,
  type ReadKeywords,
  readKeywords,
} from './keywords/read-keywords.ts';
export type { Definition, Dialect, Draft, JsonSchema, SchemaObject, Schemas } from './keywords/schema.ts';
export { isSchema, mapSubschemas, type Subschema, subschemas } from './keywords/subschemas.ts';
export { backtracksExponentially } from './patterns/backtracking.ts';
export { regExpOf, whyNoPattern } from './patterns/reg-exp.ts';
