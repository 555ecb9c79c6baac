import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonSchema } from '@chirograph/schema';
import { expect, test } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';

/** One question, as a batch asks it; `format` is what a contract says of its schemas. */
interface Pair {
  readonly id: string;
  readonly old: JsonSchema;
  readonly new: JsonSchema;
  readonly mode: string;
  readonly format: string;
}

type Verdict = 'compatible' | 'breaking' | 'undecided';

const lines = <T>(path: string): T[] =>
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
};

/** The schemas that the batch reads: by `$schema`, where the contract says the draft by its `schemaFormat`. */
const declaredAs = (draft: keyof typeof DRAFTS, schema: JsonSchema): JsonSchema =>
  typeof schema === 'object' && !('$schema' in schema) ? { $schema: DRAFTS[draft], ...schema } : schema;

/** Neighbours in the official suite are about one keyword, and differ in one thing. */
function officialPairs(draft: keyof typeof DRAFTS): Pair[] {
  const groups = lines<{ file: string; schema: JsonSchema }>(
    `../../schema/fixtures/json-schema-test-suite/${draft}.jsonl`,
  ).filter(({ schema }) => !/"\$(ref|id|dynamicRef|recursiveRef|anchor)"|"id"/.test(JSON.stringify(schema)));
  return groups.flatMap(({ file, schema }, index) => {
    const next = groups[index + 1];
    if (next?.file !== file) return [];
    return [{
      id: `${draft} ${file} ${index}`,
      old: declaredAs(draft, schema),
      new: declaredAs(draft, next.schema),
      mode: 'FULL',
      format: `application/schema+json;version=${draft}`,
    }];
  });
}

async function byBatch(folder: string, pairs: readonly Pair[]): Promise<Map<string, Verdict>> {
  writeFileSync(join(folder, 'pairs.jsonl'), pairs.map((it) => JSON.stringify(it)).join('\n'));
  const io = memoryIo(folder);
  await main(['compat', '--batch', 'pairs.jsonl'], io);
  const answers = io.printed().trim().split('\n');
  return new Map(
    answers.map((it) => JSON.parse(it) as { id: string; verdict: Verdict }).map((it) => [it.id, it.verdict]),
  );
}

async function byWorkspace(folder: string, pairs: readonly Pair[]): Promise<Map<string, Verdict>> {
  for (const it of ['base','head']) mkdirSync(join(folder, it, 'specs/suite/s'), { recursive: true });
  const messages = (side: 'old' | 'new') =>
    Object.fromEntries(
      pairs.map((it, index) => {
        const file = `s/${index}.json`;
        writeFileSync(join(folder, side === 'old' ? 'base' : 'head', 'specs/suite', file), JSON.stringify(it[side]));
        return [`m${index}`, { name: `m${index}`, payload: { schemaFormat: it.format, schema: { $ref: `./${file}` } } }];
      }),
    );
  for (const [side, state] of [['old', 'base'], ['new', 'head']] as const) {
    mkdirSync(join(folder, state, 'specs/suite/s'), { recursive: true });
    writeFileSync(join(folder, state, 'specs/suite/suite.asyncapi.json'), JSON.stringify({
      asyncapi: '3.0.0',
      info: { title: 'Suite', version: '1.0.0' },
      channels: { suite: { address: 'suite', messages: messages(side) } },
      operations: { send: { action: 'send', channel: { $ref: '#/channels/suite' } } },
    }));
  }
  const demands = Object.fromEntries(pairs.map(({ mode }, index) => [`m${index}`, { mode }]));
  writeFileSync(
    join(folder, 'head/chirograph.config.json'),
    JSON.stringify({ compat: { writers: 'literal', messages: demands } }),
  );
  const io = memoryIo(join(folder, 'head'));
  await main(['compat', '--against', '../base', '--format', 'json'], io);
  const { findings } = JSON.parse(io.printed()) as {
    readonly findings: readonly { readonly verdict: string; readonly subject: { readonly name: string } }[];
  };
  const found = new Map<string, Verdict>(pairs.map(({ id }) => [id, 'compatible']));
  for (const { verdict, subject } of findings) {
    const id = pairs[Number(subject.name.slice(1).split(' ')[0])]?.id ?? '';
    if (verdict === 'breaking' || (verdict === 'undecided' && found.get(id) !== 'breaking')) found.set(id, verdict);
  }
  return found;
}

test('the suites by --batch and in a workspace', async () => {
  const pairs: Pair[] = [
    ...lines<Pair>('../../schema/containment/fixtures/containment-draft7.jsonl').map((it) => ({
      ...it,
      format: 'application/schema+json;version=draft-07',
    })),
    ...(Object.keys(DRAFTS) as (keyof typeof DRAFTS)[]).flatMap(officialPairs),
  ];
  const folder = mkdtempSync(join(tmpdir(), 'chirograph-judge-'));
  try {
    const batch = await byBatch(folder, pairs);
    const workspace = await byWorkspace(folder, pairs);
    const differ = pairs.flatMap(({ id, ...it }) => batch.get(id) === workspace.get(id) ? [] : [`${id}: batch ${batch.get(id)}, workspace ${workspace.get(id)} ${JSON.stringify([it.old, it.new])}`]);
    writeFileSync('/tmp/t12/differ.txt', differ.join('\n'));
    expect(differ).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);
