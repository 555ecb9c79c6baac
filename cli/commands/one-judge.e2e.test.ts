import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderReader, load } from '@chirograph/contract/load';
import { dialectOf, type JsonSchema } from '@chirograph/schema';
import { documentOf } from '@chirograph/schema/combine';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';

/**
 * One judge: whether two schemas are decided alone (`--batch`) or as the payloads of contracts (`--against`), the verdict is
 * the same.
 */

/** A question as a batch asks it; `format` is what a contract says of the schemas. */
interface Pair {
  readonly id: string;
  readonly old: JsonSchema;
  readonly new: JsonSchema;
  readonly mode: 'BACKWARD' | 'FORWARD' | 'FULL';
  readonly format: string;
}

interface Terms {
  readonly writers: 'literal' | 'declared';
  readonly formats: 'assert' | 'annotate' | 'dialect';
}

type Verdict = 'compatible' | 'breaking' | 'undecided';

const scratch = mkdtempSync(join(tmpdir(), 'chirograph-judge-'));
afterAll(() => rmSync(scratch, { recursive: true }));

async function byBatch(pairs: readonly Pair[], { writers, formats }: Terms): Promise<Map<string, Verdict>> {
  writeFileSync(join(scratch, 'pairs.jsonl'), pairs.map((it) => JSON.stringify(it)).join('\n'));
  const io = memoryIo(scratch);
  await main(['compat', '--batch', 'pairs.jsonl', `--writers=${writers}`, `--formats=${formats}`], io);
  const answers = io.printed().trim().split('\n');
  return new Map(
    answers
      .map((it) => JSON.parse(it) as { readonly id: string; readonly verdict: Verdict })
      .map(({ id, verdict }) => [id, verdict]),
  );
}

let folders = 0;

/** Each pair as the payload of one message in two states of one contract. */
async function byWorkspace(pairs: readonly Pair[], terms: Terms): Promise<Map<string, Verdict>> {
  const folder = join(scratch, String(folders++));
  for (const side of ['old', 'new'] as const) {
    const specs = join(folder, side, 'specs/suite');
    mkdirSync(join(specs, 'schemas'), { recursive: true });
    const messages = pairs.map((it, index) => {
      const file = `schemas/${index}.json`;
      writeFileSync(join(specs, file), JSON.stringify(it[side]));
      const payload = { schemaFormat: it.format, schema: { $ref: `./${file}` } };
      return [`m${index}`, { name: `m${index}`, payload }];
    });
    const contract = {
      asyncapi: '3.0.0',
      info: { title: 'Suite', version: '1.0.0' },
      channels: { suite: { address: 'suite', messages: Object.fromEntries(messages) } },
      operations: { send: { action: 'send', channel: { $ref: '#/channels/suite' } } },
    };
    writeFileSync(join(specs, 'suite.asyncapi.json'), JSON.stringify(contract));
  }
  const messages = Object.fromEntries(pairs.map(({ mode }, index) => [`m${index}`, { mode }]));
  writeFileSync(
    join(folder, 'new/chirograph.config.json'),
    JSON.stringify({ compat: { ...terms, messages } }),
  );
  const io = memoryIo(join(folder, 'new'));
  await main(['compat', '--against', '../old', '--format', 'json'], io);
  const { findings, leftOut } = JSON.parse(io.printed()) as {
    readonly findings: readonly { readonly verdict: string; readonly subject: { readonly name: string } }[];
    readonly leftOut: readonly { readonly place: string }[];
  };
  const found = new Map<string, Verdict>(pairs.map(({ id }) => [id, 'compatible']));
  const note = (index: string | undefined, verdict: Verdict) => {
    const id = pairs[Number(index)]?.id ?? '';
    if (found.get(id) !== 'breaking') found.set(id, verdict);
  };
  for (const { verdict, subject } of findings) {
    if (verdict === 'breaking' || verdict === 'undecided') note(/^m(\d+) /.exec(subject.name)?.[1], verdict);
  }
  // What could not be compared has not passed.
  for (const { place } of leftOut) note(/schemas\/(\d+)\.json/.exec(place)?.[1], 'undecided');
  return found;
}

async function differences(pairs: readonly Pair[], terms: Terms): Promise<string[]> {
  const [alone, contract] = [await byBatch(pairs, terms), await byWorkspace(pairs, terms)];
  return pairs.flatMap(({ id }) =>
    alone.get(id) === contract.get(id)
      ? []
      : [`${id}: --batch ${alone.get(id)}, --against ${contract.get(id)}`],
  );
}

const linesOf = <T>(path: string): T[] =>
  readFileSync(new URL(path, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): T => JSON.parse(line));

const DRAFTS = {
  'draft-04': 'http://json-schema.org/draft-04/schema#',
  'draft-06': 'http://json-schema.org/draft-06/schema#',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
  '2019-09': 'https://json-schema.org/draft/2019-09/schema',
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
} as const;

type Draft = keyof typeof DRAFTS;

const formatOf = (draft: string) => `application/schema+json;version=${draft}`;

/** References to other documents are not followed by either; what each knows of meta-schemas is not the question here. */
const isAlone = (schema: JsonSchema) =>
  !/"\$(id|dynamic\w+|recursive\w+|anchor)"|"id":"|"\$ref":"[^#]/.test(JSON.stringify(schema));

const containment = linesOf<Pair>('../../schema/containment/fixtures/containment-draft7.jsonl')
  .filter((it) => isAlone(it.old) && isAlone(it.new))
  .map((it): Pair => ({ ...it, format: formatOf('draft-07') }));

/** Of the official suite, schemas that stand side by side: they are about one keyword, and differ in little. */
function neighboursIn(draft: Draft): Pair[] {
  const schemas = linesOf<{ readonly file: string; readonly schema: JsonSchema }>(
    `../../schema/fixtures/json-schema-test-suite/${draft}.jsonl`,
  ).filter(({ schema }) => isAlone(schema));
  // A batch is told the dialect by `$schema`, a contract by its `schemaFormat`.
  const declared = (schema: JsonSchema): JsonSchema =>
    typeof schema === 'object' ? { $schema: DRAFTS[draft], ...schema } : schema;
  return schemas.slice(1).flatMap(({ file, schema }, index) => {
    const former = schemas[index];
    if (former?.file !== file) return [];
    const id = `${draft} ${file} ${index}`;
    return [
      { id, old: declared(former.schema), new: declared(schema), mode: 'FULL', format: formatOf(draft) },
    ];
  });
}

/** The payloads of the cases that stand for the rules of compatibility, each a document of its own. */
function casesOfRules(): Pair[] {
  const cases = join(import.meta.dirname, '../../compat/cases/payload');
  return readdirSync(cases).flatMap((name): Pair[] => {
    const [old, now] = ['base', 'head'].map((side) => {
      const { workspace } = load(folderReader(join(cases, name, side), ['.']));
      const [message] = workspace.messages;
      const root = message?.payload;
      const isJson = root !== undefined && workspace.schemas[root]?.avro === undefined;
      return isJson ? documentOf({ schemas: workspace.schemas, root }) : undefined;
    });
    if (old === undefined || now === undefined) return [];
    return [{ id: name, old, new: now, mode: 'FULL', format: formatOf(dialectOf(now) ?? 'draft-07') }];
  });
}

describe('a pair of schemas alone and as the payload of a contract', () => {
  it.each([
    ['literal', 'assert'],
    ['declared', 'assert'],
    ['literal', 'annotate'],
  ] as const)(
    'the cases of the rules, writers %s, formats %s',
    async (writers, formats) => {
      const pairs = casesOfRules();
      expect(pairs.length).toBeGreaterThan(40);
      expect(await differences(pairs, { writers, formats })).toEqual([]);
    },
    120_000,
  );

  it.each(Object.keys(DRAFTS) as Draft[])(
    'the official suite of %s',
    async (draft) => {
      const pairs = neighboursIn(draft);
      expect(pairs.length).toBeGreaterThan(80);
      expect(await differences(pairs, { writers: 'literal', formats: 'assert' })).toEqual([]);
      expect(await differences(pairs, { writers: 'declared', formats: 'dialect' })).toEqual([]);
    },
    240_000,
  );

  it('the containment suite', async () => {
    expect(containment.length).toBeGreaterThan(1000);
    expect(await differences(containment, { writers: 'literal', formats: 'assert' })).toEqual([]);
  }, 240_000);
});
