import type { Formats, Terms, Writers } from '@chirograph/compat';
import { suggest } from '@chirograph/contract/diagnostics';
import { load, memoryReader } from '@chirograph/contract/load';
import { dialectOf, isObject, type JsonSchema } from '@chirograph/schema';
import { declared, documentOf } from '@chirograph/schema/combine';
import { decidePair, type Pair, type PairOptions, type PairVerdict } from '@chirograph/schema/containment';
import { CommandError } from '../exit.ts';
import type { Values } from '../terminal/values.ts';

/** What may be said of how two schemas are read. */
export const TERMS = {
  writers: ['literal', 'declared'],
  formats: ['assert', 'annotate', 'dialect'],
} as const satisfies { readonly [Key in keyof Terms]: readonly Terms[Key][] };

/** The terms that the command line states: where schemas stand alone, writers write all that theirs allow. */
export function termsOf({ writers, formats }: Values): Terms {
  return {
    writers: TERMS.writers.find((it) => it === writers) ?? 'literal',
    formats: TERMS.formats.find((it) => it === formats) ?? 'assert',
  };
}

/** The terms with what a line of a batch says otherwise; a sentence where it says what there is not. */
export function termsIn(line: Readonly<Record<string, unknown>>, given: Terms): Terms | string {
  const { writers = given.writers, formats = given.formats } = line;
  const isWriters = (it: unknown): it is Writers => TERMS.writers.some((known) => known === it);
  const isFormats = (it: unknown): it is Formats => TERMS.formats.some((known) => known === it);
  if (!isWriters(writers)) return unknown('writers', writers);
  if (!isFormats(formats)) return unknown('formats', formats);
  return { writers, formats };
}

function unknown(key: keyof typeof TERMS, value: unknown): string {
  const known: readonly string[] = TERMS[key];
  const meant = typeof value === 'string' ? suggest(value, known) : undefined;
  const hint = meant === undefined ? '' : `; did you mean \`${meant}\`?`;
  return `\`${key}\` is to be ${known.join(' or ')}; it is ${JSON.stringify(value).slice(0, 40)}${hint}`;
}

/** Refuses terms for schemas where it is contracts that are compared: the config says how those are read. */
export function refuseTerms(values: Values): void {
  const given = (Object.keys(TERMS) as (keyof typeof TERMS)[]).find((it) => values[it] !== undefined);
  if (given === undefined) return;
  throw new CommandError(
    `--${given} is for --schemas and --batch; contracts are compared by the config`,
    `In chirograph.config.ts: compat: { ${given}: '${String(values[given])}' }`,
  );
}

/** Decides a pair under the terms. */
export function decideUnder(pair: Pair, terms: Terms): PairVerdict {
  try {
    return decidePair(pair, optionsFor(pair, terms));
  } catch (error) {
    if (!(error instanceof LostReferenceError)) throw error;
    const direction = pair.mode === 'FORWARD' ? 'FORWARD' : 'BACKWARD';
    return { id: pair.id, verdict: 'undecided', direction, reason: error.message, ms: 0 };
  }
}

function optionsFor({ old, new: next }: Pair, { writers, formats }: Terms): PairOptions {
  if (writers === 'literal') return { formats };
  const newest = DIALECTS.find((it) => dialectOf(old) === it || dialectOf(next) === it) ?? 'draft-07';
  return { formats, written: (schema) => declaredBy(schema, newest) };
}

const DIALECTS = ['2020-12', '2019-09', 'draft-07'] as const;

/**
 * What a producer writes who writes only what a schema names: read as the payload of a contract, so that what counts as
 * named is what counts there. Throws where the schema refers to what is not in it.
 * @param dialect of a schema that does not say its own
 */
function declaredBy(schema: JsonSchema, dialect: string): JsonSchema {
  if (!isObject(schema)) return schema;
  const contract = {
    asyncapi: '3.0.0',
    info: { title: 'Pair', version: '1.0.0' },
    channels: { pair: { address: 'pair', messages: { Pair: { payload: payloadOf(dialect) } } } },
  };
  const { workspace, diagnostics } = load(
    memoryReader({ 'pair.asyncapi.json': JSON.stringify(contract), [FILE]: JSON.stringify(schema) }),
  );
  const lost = diagnostics.find(
    ({ severity, code }) => severity === 'error' && /^(file|reference)\//.test(code),
  );
  if (lost) throw new LostReferenceError(lost.message);
  const root = workspace.messages[0]?.payload;
  if (root === undefined)
    throw new LostReferenceError('the schema cannot be read as the payload of a contract');
  return documentOf(declared({ schemas: workspace.schemas, root }));
}

/** A schema refers to what is not in it. */
class LostReferenceError extends Error {}

const FILE = 'schema.json';

function payloadOf(dialect: string) {
  return { schemaFormat: `application/schema+json;version=${dialect}`, schema: { $ref: `./${FILE}` } };
}
