import {
  isObject,
  isSchema,
  JSON_TYPES,
  type JsonObject,
  type JsonValue,
  KEYWORDS,
  type Location,
  type SchemaObject,
} from '@chirograph/schema';
import { suggest } from '../diagnostics/index.ts';
import type { NodeId, Workspace } from '../model/index.ts';
import { inAllSchemas } from './schema-nodes.ts';

/**
 * The keywords of JSON Schema (draft-07, 2019-09, 2020-12) and those that AsyncAPI adds. Any other word in a schema is
 * ignored by every reader of it: JSON Schema allows words of one's own.
 */
const KNOWN: ReadonlySet<string> = new Set([...Object.keys(KEYWORDS), 'discriminator', 'externalDocs']);

/** Short words are near to many others: `note` is not `not`. */
const SUGGESTED = [...KNOWN].filter((it) => it.length > 3);

/** A word in a schema that is no keyword, and what was meant by it. */
export interface Misnomer {
  readonly word: string;
  /** The keyword that was meant. */
  readonly keyword?: string;
  /** What to write instead, where a keyword alone does not say it. */
  readonly fix?: string;
  /** The schema as it was meant. */
  readonly meant: SchemaObject;
}

/** A misnomer, where its schema stands, and the schema of the workspace that this is a part of. */
export interface Misplaced extends Misnomer {
  readonly at: Location;
  readonly owner: NodeId;
}

/** Where the schemas of a workspace hold such words. */
export function misnomersOf(workspace: Workspace): readonly Misplaced[] {
  return inAllSchemas(workspace, 'misnomers', ({ schema, at, owner }) =>
    misnomersIn(schema).map((misnomer) => ({ ...misnomer, at, owner })),
  );
}

/** The words of a schema that are no keywords, and that somebody took for one. Others may be anybody's own. */
export function misnomersIn(schema: SchemaObject): Misnomer[] {
  const found: Misnomer[] = [];
  const fields: string[] = [];
  for (const word in schema) {
    if (KNOWN.has(word) || word.startsWith('x-')) continue;
    const misnomer = misnomerOf(schema, word);
    if (misnomer) found.push(misnomer);
    else if (looksLikeField(schema[word], schema)) fields.push(word);
  }
  return fields.length === 0 ? found : [...found, withoutProperties(schema, fields)];
}

function misnomerOf(schema: SchemaObject, word: string): Misnomer | undefined {
  const { [word]: value, ...rest } = schema;
  if (value === undefined) return undefined;
  const habit = Object.hasOwn(HABITS, word) ? HABITS[word]?.(value, rest) : undefined;
  if (habit) return { word, ...habit };
  const keyword = keywordLike(word);
  if (keyword === undefined || keyword in rest) return undefined;
  return { word, keyword, meant: { ...rest, [keyword]: value } };
}

const likeWords = new Map<string, string | undefined>();

/** The keyword that a word is like. Where one is misspelt, it is so in many schemas. */
function keywordLike(word: string): string | undefined {
  if (!likeWords.has(word)) {
    if (likeWords.size > 10_000) likeWords.clear();
    likeWords.set(word, suggest(word, SUGGESTED));
  }
  return likeWords.get(word);
}

type Habit = (value: JsonValue, rest: SchemaObject) => Omit<Misnomer, 'word'> | undefined;

/** Words of OpenAPI, of older drafts, and of other languages. */
const HABITS: Readonly<Record<string, Habit>> = {
  nullable: (value, rest) =>
    value === true
      ? { fix: `JSON Schema has no such keyword: write ${nullableType(rest)}.`, meant: withNull(rest) }
      : { fix: 'JSON Schema has no such keyword: leave it out.', meant: rest },
  example: (value, rest) => ({
    fix: 'Write an array: `examples: [...]`.',
    keyword: 'examples',
    meant: { ...rest, examples: [value] },
  }),
  optional: (_, rest) => ({
    fix: 'Every field is optional that the object around it does not name in its `required`.',
    meant: rest,
  }),
  schema: (value, rest) =>
    isObject(value)
      ? { fix: 'Write the schema itself here, without `schema` around it.', meant: { ...rest, ...value } }
      : undefined,
  min: bound('minimum', 'minLength', 'minItems'),
  max: bound('maximum', 'maxLength', 'maxItems'),
  regex: renamed('pattern', (value) => typeof value === 'string'),
  regexp: renamed('pattern', (value) => typeof value === 'string'),
  values: renamed('enum', Array.isArray),
  fields: renamed('properties', isObject),
  property: renamed('properties', isObject),
  props: renamed('properties', isObject),
  divisibleBy: renamed('multipleOf', (value) => typeof value === 'number'),
};

function renamed(keyword: string, fits: (value: JsonValue) => boolean): Habit {
  return (value, rest) =>
    fits(value) && !(keyword in rest) ? { keyword, meant: { ...rest, [keyword]: value } } : undefined;
}

function bound(ofNumbers: string, ofTexts: string, ofLists: string): Habit {
  return (value, rest) => {
    const keyword = rest.type === 'string' ? ofTexts : rest.type === 'array' ? ofLists : ofNumbers;
    return renamed(keyword, (it) => typeof it === 'number')(value, rest);
  };
}

function nullableType({ type }: SchemaObject): string {
  const named = [type].flat().filter((it): it is string => typeof it === 'string' && it !== 'null');
  return named.length === 0 ? "`anyOf: [..., { type: 'null' }]`" : `\`type: [${named.join(', ')}, 'null']\``;
}

function withNull({ type, enum: choice, ...rest }: SchemaObject): SchemaObject {
  const named: readonly JsonValue[] = Array.isArray(type)
    ? (type as readonly JsonValue[])
    : type === undefined
      ? []
      : [type];
  return {
    ...rest,
    ...(named.length > 0 && { type: [...named, 'null'] }),
    ...(choice !== undefined && { enum: Array.isArray(choice) ? [...choice, null] : choice }),
  };
}

/** `orderId: { type: string }` straight in a schema of objects: the `properties` around it were forgotten. */
function looksLikeField(value: JsonValue | undefined, { type, properties }: SchemaObject): boolean {
  if (!isObject(value) || !isSchema(value)) return false;
  if (properties !== undefined || (type !== undefined && type !== 'object')) return false;
  return (
    (typeof value.type === 'string' && JSON_TYPES.some((it) => it === value.type)) ||
    typeof value.$ref === 'string'
  );
}

function withoutProperties(schema: SchemaObject, fields: readonly string[]): Misnomer {
  const [rest, own] = [true, false].map((isRest) =>
    Object.fromEntries(Object.entries(schema).filter(([key]) => fields.includes(key) !== isRest)),
  ) as [JsonObject, JsonObject];
  return {
    word: fields[0] ?? '',
    fix: 'The fields of an object stand under `properties`.',
    meant: { ...rest, properties: own },
  };
}
