import { isArray, isObject, type JsonObject, member } from '../json/json-value.ts';
import { KEYWORDS, type KeywordRow } from './keyword-table.ts';
import type { Dialect, Draft, JsonSchema } from './schema.ts';
import { subschemasOf } from './subschemas-of.ts';

const DECLARED: readonly (readonly [RegExp, Dialect])[] = [
  [/^https?:\/\/json-schema\.org\/draft-0[67]\/(hyper-)?schema#?$/, 'draft-07'],
  [/^https?:\/\/json-schema\.org\/draft\/2019-09\/(hyper-)?schema#?$/, '2019-09'],
  [/^https?:\/\/json-schema\.org\/draft\/2020-12\/(hyper-)?schema#?$/, '2020-12'],
  // What OpenAPI 3.1 adds says nothing about values.
  [/^https:\/\/spec\.openapis\.org\/oas\/3\.1\/dialect\/base$/, '2020-12'],
];

/** What schemas say that claim no edition in particular. */
const ANY_EDITION = /^https?:\/\/json-schema\.org\/schema#?$/;

/** Keywords that no earlier edition had; `$defs` and `$recursiveRef` tell one too, though not by what they check. */
const sinceThen = (draft: Draft) =>
  new Set(
    Object.entries<KeywordRow>(KEYWORDS).flatMap(([keyword, { since, role }]) =>
      since === draft && role !== 'annotation' ? [keyword] : [],
    ),
  );
const SINCE_2020 = sinceThen('2020-12');
const SINCE_2019 = new Set([...sinceThen('2019-09'), '$defs']);

/**
 * The edition that a schema's `$schema` names; without one, the oldest that knows every keyword used, so that
 * an undeclared schema with `$defs` is not read as one whose `$ref` silences its siblings. Undefined for a
 * `$schema` that is no edition known here.
 */
export function dialectOf(schema: JsonSchema): Dialect | undefined {
  if (!isObject(schema)) return 'draft-07';
  const declared = member(schema, '$schema');
  if (typeof declared === 'string' && !ANY_EDITION.test(declared))
    return DECLARED.find(([uri]) => uri.test(declared))?.[1];
  const used = keywordsUsed(schema);
  if ([...used].some((keyword) => SINCE_2020.has(keyword))) return '2020-12';
  if (![...used].some((keyword) => SINCE_2019.has(keyword))) return 'draft-07';
  return used.has('items[]') || used.has('$recursiveRef') ? '2019-09' : '2020-12';
}

/** All keywords in the schema and its subschemas; `items[]` stands for `items` with a list. */
function keywordsUsed(schema: JsonObject, used = new Set<string>()): Set<string> {
  for (const keyword of Object.keys(schema)) used.add(keyword);
  if (isArray(member(schema, 'items'))) used.add('items[]');
  for (const [, part] of subschemasOf(schema)) if (isObject(part)) keywordsUsed(part, used);
  return used;
}

/** Whether a schema names its edition. */
export function isDeclared(schema: JsonSchema): boolean {
  const declared = isObject(schema) ? member(schema, '$schema') : undefined;
  return declared !== undefined && !(typeof declared === 'string' && ANY_EDITION.test(declared));
}

/** Whether a part of a schema claims another edition than the whole is read in. */
export function mixesEditions(schema: JsonSchema, dialect: Dialect): boolean {
  if (!isObject(schema)) return false;
  return [...subschemasOf(schema)].some(([, part]) => {
    if (!isObject(part)) return false;
    return (isDeclared(part) && dialectOf(part) !== dialect) || mixesEditions(part, dialect);
  });
}
