import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'chirograph-batch-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: readonly string[]) {
  const io = memoryIo(folder);
  const code = await main(['compat', ...args], io);
  return { code, out: io.printed(), err: io.said() };
}

/** The verdicts on a pair a line, each `BACKWARD`. */
async function verdicts(pairs: readonly object[], ...options: readonly string[]) {
  const lines = pairs.map((it, id) => JSON.stringify({ id, mode: 'BACKWARD', ...it }));
  writeFileSync(join(folder, 'pairs.jsonl'), lines.join('\n'));
  const { out, code } = await run('--batch', 'pairs.jsonl', ...options);
  const answers = out.trim().split('\n');
  return { code, answers: answers.map((it) => JSON.parse(it) as { verdict: string; reason?: string }) };
}

const verdictOf = async (pair: object, ...options: readonly string[]) =>
  (await verdicts([pair], ...options)).answers[0]?.verdict;

const D2020 = 'https://json-schema.org/draft/2020-12/schema';
const dated = (more: object) => ({
  old: { ...more, type: 'string' },
  new: { ...more, type: 'string', format: 'date' },
});
const grown = {
  old: { type: 'object', properties: { a: { type: 'string' } } },
  new: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } },
};

it('proves nothing of a pair whose numbers were rounded when they were read, but shows what breaks', async () => {
  const pairs = [
    '"old":{"maximum":9007199254740993},"new":{"maximum":9007199254740992}',
    '"old":{"const":9007199254740993},"new":{"const":1}',
    '"old":{"maximum":5},"new":{"maximum":5}',
  ].map((it, id) => `{"id":${id},"mode":"BACKWARD",${it}}`);
  writeFileSync(join(folder, 'rounded.jsonl'), pairs.join('\n'));
  const { out } = await run('--batch', 'rounded.jsonl');
  const answers = out
    .trim()
    .split('\n')
    .map((it) => JSON.parse(it) as { verdict: string; reason?: string });
  expect(answers.map((it) => it.verdict)).toEqual(['undecided', 'breaking', 'compatible']);
  expect(answers[0]?.reason).toBe('9007199254740993 is beyond double precision');
});

describe('formats', () => {
  it.each([
    ['assert', {}, 'breaking'],
    ['annotate', {}, 'compatible'],
    ['dialect', {}, 'breaking'],
    ['dialect', { $schema: D2020 }, 'compatible'],
    ['assert', { $schema: D2020 }, 'breaking'],
  ])('%s, %j: %s', async (formats, more, verdict) => {
    expect(await verdictOf(dated(more), `--formats=${formats}`)).toBe(verdict);
    expect(await verdictOf({ ...dated(more), formats })).toBe(verdict);
  });

  it('of each side are those of its dialect', async () => {
    const pair = { old: { $schema: D2020, format: 'date' }, new: { type: 'string', format: 'date' } };
    expect(await verdictOf({ ...pair, formats: 'dialect' })).toBe('breaking');
  });

  it('of --schemas alike', async () => {
    writeFileSync(join(folder, 'old.json'), JSON.stringify(dated({}).old));
    writeFileSync(join(folder, 'new.json'), JSON.stringify(dated({}).new));
    const files = ['--schemas', 'old.json', 'new.json', '--mode', 'BACKWARD'];
    expect((await run(...files)).code).toBe(1);
    expect((await run(...files, '--formats', 'annotate')).code).toBe(0);
  });
});

describe('writers', () => {
  it('write all that a schema allows, or what it names', async () => {
    expect(await verdictOf(grown)).toBe('breaking');
    expect(await verdictOf(grown, '--writers=declared')).toBe('compatible');
    expect(await verdictOf({ ...grown, writers: 'declared' })).toBe('compatible');
  });

  it('that are declared are read through references within the schema', async () => {
    const named = {
      definitions: { A: { properties: { x: {} } } },
      properties: { a: { $ref: '#/definitions/A' } },
    };
    const pair = {
      old: named,
      new: { properties: { a: { properties: { x: {}, y: { type: 'integer' } } } } },
    };
    expect(await verdictOf(pair)).toBe('breaking');
    expect(await verdictOf({ ...pair, writers: 'declared' })).toBe('compatible');
  });

  it('that refer to what is not there are undecided, and say so', async () => {
    const { answers, code } = await verdicts([
      { old: { $ref: 'https://example.com/a' }, new: { type: 'string' }, writers: 'declared' },
    ]);
    expect(answers[0]).toMatchObject({
      verdict: 'undecided',
      reason: expect.stringContaining('example.com/a'),
    });
    expect(code).toBe(1);
  });
});

describe('what there is not', () => {
  it('is refused on its line, with what was meant', async () => {
    const { answers, code } = await verdicts([
      { ...grown, formats: 'asert' },
      { ...grown, writers: 7 },
      grown,
    ]);
    expect(answers.map(({ verdict }) => verdict)).toEqual(['undecided', 'undecided', 'breaking']);
    expect(answers[0]?.reason).toContain('line 1: `formats` is to be');
    expect(answers[0]?.reason).toContain('did you mean `assert`');
    expect(answers[1]?.reason).toContain('it is 7');
    expect(code).toBe(2);
  });

  it('is refused as an option', async () => {
    expect(await run('--batch', 'pairs.jsonl', '--formats', 'asert')).toMatchObject({ code: 2 });
  });

  it('is an option of schemas where contracts are compared: the config says it', async () => {
    const { code, err } = await run('--against', 'main', '--formats', 'annotate');
    expect(code).toBe(2);
    expect(err).toContain("compat: { formats: 'annotate' }");
  });
});
