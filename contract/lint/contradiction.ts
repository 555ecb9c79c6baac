import {
  isObject,
  isSchema,
  type JsonSchema,
  type JsonValue,
  type Location,
  regExpOf,
  type SchemaObject,
  wordsFor,
} from '@chirograph/schema';
import { suggest } from '../diagnostics/index.ts';
import { oncePer, type Workspace } from '../model/index.ts';
import { evaluatorOf } from './evaluator-of.ts';
import { conjuncts, inSchemas } from './schema-nodes.ts';

/** Why no value can meet a schema, and the keyword at which that shows. */
export interface Contradiction {
  readonly reason: string;
  readonly keyword?: string;
}

interface Contradictions {
  /** Those that contradict themselves, and not merely in a part that has been told of itself. */
  readonly own: ReadonlyMap<SchemaObject, Contradiction & { readonly at: Location }>;
  /** All schemas that take part in a contradiction. */
  readonly parts: ReadonlySet<SchemaObject>;
}

/** The schemas that no value can meet, and why. What is found is a contradiction, never a guess. */
export function contradictionsIn(workspace: Workspace): Contradictions['own'] {
  return contradictionsOf(workspace).own;
}

/** Why no value can meet a schema; undefined where one may. */
export function contradictionOf(workspace: Workspace, schema: SchemaObject): Contradiction | undefined {
  return contradictionsOf(workspace).own.get(schema);
}

/** True for a schema that contradicts itself or another that holds for the same value: it refuses what it may. */
export function isContradictory(workspace: Workspace, schema: SchemaObject): boolean {
  return contradictionsOf(workspace).parts.has(schema);
}

const contradictionsOf = oncePer((workspace: Workspace): Contradictions => {
  const all = inSchemas(
    workspace,
    'contradictions',
    function* ({ schema, at, around }) {
      // What stands in an `allOf` is judged with what is around it.
      if (around.length > 0) return;
      const parts = conjuncts(workspace, schema);
      const found = contradiction(workspace, schema, parts);
      if (found) yield { schema, parts, found: { ...found, at } };
    },
    CONTRADICTING,
  );
  const contradictory = new Set(all.map(({ schema }) => schema));
  // A schema that takes in another one's contradiction is not at fault.
  const own = all.filter(({ schema, parts }) => !parts.some((it) => it !== schema && contradictory.has(it)));
  return {
    own: new Map(own.map(({ schema, found }) => [schema, found])),
    parts: new Set(all.flatMap(({ parts }) => parts)),
  };
});

/** Without one of these a schema does not contradict itself, nor another one. */
const CONTRADICTING = [
  ...['$ref', 'allOf', 'enum', 'const', 'required'],
  ...['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'],
];

function contradiction(
  workspace: Workspace,
  schema: SchemaObject,
  parts: readonly SchemaObject[],
): Contradiction | undefined {
  const types = typesOf(parts);
  if (types.size === 0) return { reason: 'its types exclude one another' };
  return (
    boundsOf(parts, types) ??
    choiceOf(workspace, schema, parts) ??
    (only(types, 'object') ? keysOf(parts) : undefined)
  );
}

const ALL = ['null', 'boolean', 'object', 'array', 'string', 'integer', 'number'];

/** The types that all parts allow; `number` stands for those that are no integers. */
export function typesOf(parts: readonly SchemaObject[]): ReadonlySet<string> {
  let allowed = EVERY;
  for (const { type } of parts) if (type !== undefined) allowed &= bitsOf(type);
  const known = SETS[allowed] ?? new Set(ALL.filter((_, i) => allowed & (1 << i)));
  SETS[allowed] = known;
  return known;
}

/** A bit for each type. */
const BITS = new Map(ALL.map((name, i) => [name, 1 << i]));
const EVERY = (1 << ALL.length) - 1;
const INTEGER = BITS.get('integer') ?? 0;
const SETS: ReadonlySet<string>[] = [];

/** Of a `type` that names none, all. */
function bitsOf(type: JsonValue): number {
  let bits = 0;
  for (const it of Array.isArray(type) ? type : [type]) {
    bits |= BITS.get(it as string) ?? 0;
    if (it === 'number') bits |= INTEGER;
  }
  return bits === 0 ? EVERY : bits;
}

export function only(types: ReadonlySet<string>, ...names: readonly string[]): boolean {
  for (const it of types) if (!names.includes(it)) return false;
  return true;
}

const BOUNDS = [
  { least: 'minimum', most: 'maximum', types: ['integer', 'number'] },
  { least: 'minLength', most: 'maxLength', types: ['string'] },
  { least: 'minItems', most: 'maxItems', types: ['array'] },
  { least: 'minProperties', most: 'maxProperties', types: ['object'] },
] as const;

function boundsOf(parts: readonly SchemaObject[], types: ReadonlySet<string>): Contradiction | undefined {
  const largest = (keyword: string) => Math.max(...parts.flatMap((it) => numberIn(it[keyword])));
  const smallest = (keyword: string) => Math.min(...parts.flatMap((it) => numberIn(it[keyword])));
  for (const { least, most, types: about } of BOUNDS) {
    if (!only(types, ...about)) continue;
    const lower = largest(least);
    const upper = smallest(most);
    if (lower > upper)
      return { reason: `\`${least}\` ${lower} is above \`${most}\` ${upper}`, keyword: most };
  }
  if (!only(types, 'integer', 'number')) return undefined;
  const [from, above, below] = [
    largest('minimum'),
    largest('exclusiveMinimum'),
    smallest('exclusiveMaximum'),
  ];
  const upper = Math.min(below, smallest('maximum'));
  if (above >= upper)
    return { reason: `nothing is above ${above} and not above ${upper}`, keyword: 'exclusiveMinimum' };
  return from >= below
    ? { reason: `nothing is at least ${from} and below ${below}`, keyword: 'exclusiveMaximum' }
    : undefined;
}

function numberIn(value: JsonValue | undefined): number[] {
  return typeof value === 'number' ? [value] : [];
}

/** Of an `enum` or a `const`, at least one value must be what the rest of the schema wants. */
function choiceOf(
  workspace: Workspace,
  schema: SchemaObject,
  parts: readonly SchemaObject[],
): Contradiction | undefined {
  const candidates = parts.flatMap((it): (readonly JsonValue[])[] => [
    ...(Array.isArray(it.enum) ? [it.enum] : []),
    ...(it.const !== undefined ? [[it.const]] : []),
  ])[0];
  if (!candidates) return undefined;
  const evaluator = evaluatorOf(workspace);
  if (candidates.some((it) => evaluator.matches(schema, it))) return undefined;
  const keyword = 'enum' in schema ? 'enum' : 'const';
  if (
    schema.const !== undefined &&
    Array.isArray(schema.enum) &&
    !evaluator.matches({ enum: schema.enum }, schema.const)
  )
    return { reason: `its \`const\` is none of its \`enum\``, keyword: 'const' };
  const [first] = candidates;
  const [fault] = evaluator.faultsOf(schema, first ?? null, { file: '', pointer: '' });
  if (candidates.length === 1 && fault)
    return {
      reason: `its only value \`${JSON.stringify(first)}\` must be ${wordsFor(fault).expected}`,
      keyword,
    };
  const texts = candidates.slice(0, 3).map((it) => `\`${JSON.stringify(it)}\``);
  const reason = `none of ${texts.join(', ')}${candidates.length > 3 ? ' ...' : ''} is what the rest of it wants`;
  return { reason, keyword };
}

/** A key that one part requires and another one, closed by `additionalProperties: false`, does not know. */
function keysOf(parts: readonly SchemaObject[]): Contradiction | undefined {
  const required = new Set(
    parts.flatMap((it) =>
      Array.isArray(it.required) ? it.required.filter((name) => typeof name === 'string') : [],
    ),
  );
  for (const name of required) {
    const closed = parts.find((it) => !allows(it, name));
    if (!closed) continue;
    const known = isObject(closed.properties) ? Object.keys(closed.properties) : [];
    const suggestion = suggest(name, known);
    const hint = suggestion === undefined ? '' : `; did you mean \`${suggestion}\`?`;
    return {
      reason: `it requires \`${name}\`, which another part of it does not allow${hint}`,
      keyword: 'required',
    };
  }
  return undefined;
}

function allows(part: SchemaObject, name: string): boolean {
  const own = isObject(part.properties) ? part.properties[name] : undefined;
  if (isSchema(own)) return (own as JsonSchema) !== false;
  if (part.additionalProperties !== false) return true;
  const patterns = Object.keys(isObject(part.patternProperties) ? part.patternProperties : {});
  return patterns.some((pattern) => regExpOf(pattern)?.test(name));
}
