import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConsumer, createProducer, outbox, receive } from '@chirograph/runtime';
import { memoryBroker } from '@chirograph/runtime/memory';
import { sqliteStore } from '@chirograph/runtime/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { earned, pointsEarned } from '../../runtime/fixtures/points-earned.ts';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';

let root = '';
let file = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'chirograph-dlq-'));
  file = join(root, 'loyalty.db');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Played {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(line: string, stdin = ''): Promise<Played> {
  const io = memoryIo(root, { readStdin: async () => stdin, env: { CHIROGRAPH_STORE: 'loyalty.db' } });
  const code = await main(line.split(' '), io);
  return { code, out: io.printed(), err: io.said() };
}

const json = async (line: string) => JSON.parse((await run(`${line} --json`)).out);

/** The service handles what it is sent, and what is due; then it is stopped. Answers what took effect. */
async function serve(
  sent: readonly (readonly [entity: string, points: number])[],
  handler: (points: number) => void,
): Promise<readonly number[]> {
  const effects: number[] = [];
  await using store = sqliteStore({ file });
  await using broker = memoryBroker();
  const options = { store, retry: { delays: [] }, poll: 5 };
  const tier = createConsumer('tier', broker, options, [
    receive(pointsEarned, ({ data }) => {
      handler(data.pointsEarned);
      effects.push(data.pointsEarned);
    }),
  ]);
  await tier.start();
  const send = createProducer('loyalty', broker);
  for (const [entity, points] of sent) await send(pointsEarned, earned(entity, points));
  const isRetried = () =>
    store.read(async (tx) => (await tx.parked.nextDueAt('tier', Date.now())) === undefined);
  while (!(await isRetried())) await new Promise((turn) => setTimeout(turn, 5));
  await tier.stop();
  return effects;
}

const broken = (points: number): void => {
  if (points > 1) throw new TypeError('no threshold');
};
const well = (): void => undefined;

describe('chirograph dlq', () => {
  it('lists by page and filter, without bodies', async () => {
    await serve(
      [
        ['a', 2],
        ['b', 3],
        ['c', 1],
        ['a', 4],
      ],
      broken,
    );
    const { deadLetters, next } = await json('dlq list');
    expect(deadLetters).toMatchObject([
      {
        id: 'd-1',
        service: 'tier',
        reason: 'retries-exhausted',
        key: 'a',
        waiting: 1,
        failure: { error: 'TypeError' },
      },
      {
        id: 'd-2',
        service: 'tier',
        key: 'b',
        waiting: 0,
        message: { name: 'loyalty.points.earned', version: '2.0' },
      },
    ]);
    expect(next).toBeUndefined();
    expect(JSON.stringify(deadLetters)).not.toContain('pointsEarned');
    const page = await json('dlq list --limit 1');
    expect(page).toMatchObject({ deadLetters: [{ id: 'd-1' }], next: 'd-1' });
    expect((await json('dlq list --after d-1')).deadLetters).toMatchObject([{ id: 'd-2' }]);
    for (const none of ['--service x', '--message x', '--reason invalid', '--key z', '--older-than 1h'])
      expect((await json(`dlq list ${none}`)).deadLetters).toEqual([]);
    const some = '--service tier --message loyalty.points.earned --reason retries-exhausted --key b';
    expect((await json(`dlq list ${some}`)).deadLetters).toMatchObject([{ id: 'd-2' }]);
    const text = await run('dlq list');
    expect(text.out).toMatch(
      /^ID +SERVICE +MESSAGE +REASON +AGE +WAITING +KEY\nd-1 +tier +loyalty.points.earned 2.0 +retries-exhausted/,
    );
  });

  it('shows one, with its body when asked, and those behind it', async () => {
    await serve(
      [
        ['a', 2],
        ['a', 4],
      ],
      broken,
    );
    const plain = await json('dlq show d-1');
    expect(plain).toMatchObject({ id: 'd-1', attempts: 1, behind: [{ name: 'loyalty.points.earned' }] });
    expect(plain.body).toBeUndefined();
    const whole = await json('dlq show d-1 --body');
    expect(JSON.parse(whole.body)).toMatchObject({ aggregateId: 'a', data: { pointsEarned: 2 } });
    expect((await run('dlq show d-1')).out).toContain('TypeError: no threshold');
    expect((await run('dlq show d-1')).out).not.toContain('pointsEarned');
  });

  it('redrives in the order of each key, and twice is once', async () => {
    await serve(
      [
        ['a', 2],
        ['a', 4],
        ['b', 3],
        ['a', 5],
      ],
      broken,
    );
    expect((await run('dlq redrive d-1')).out).toBe('redriven 1 dead letter, and 2 messages behind it\n');
    expect(await run('dlq redrive d-1')).toMatchObject({ code: 1, out: 'redriven 0 dead letters\n' });
    expect(await serve([], well)).toEqual([2, 4, 5]);
    expect((await json('dlq redrive --all --service tier')).redriven).toMatchObject([{ waiting: 0 }]);
    expect((await json('dlq redrive --all --service tier')).redriven).toEqual([]);
    expect(await serve([], well)).toEqual([3]);
    expect(await serve([], well)).toEqual([]);
  });

  it('drops, and lets those behind go', async () => {
    await serve(
      [
        ['a', 2],
        ['a', 4],
      ],
      broken,
    );
    expect((await run('dlq drop d-1')).code).toBe(0);
    expect((await run('dlq drop d-1')).code).toBe(1);
    expect(await serve([], well)).toEqual([4]);
  });

  it('edits a body, which takes effect when it is redriven', async () => {
    await serve([['a', 2]], broken);
    const { body } = await json('dlq show d-1 --body');
    const fixed = JSON.stringify({ ...JSON.parse(body), data: { pointsEarned: 20, expiresAt: null } });
    writeFileSync(join(root, 'fixed.json'), fixed);
    expect(await run('dlq edit d-1 --body fixed.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('not checked against its contract'),
    });
    expect((await json('dlq show d-1 --body')).body).toBe(body);
    expect((await run('dlq edit d-1 --body fixed.json --force')).code).toBe(0);
    expect((await json('dlq show d-1 --body')).body).toBe(fixed);
    expect((await run('dlq edit d-1 --body -', '{"half":')).err).toContain('is not JSON');
    await run('dlq redrive d-1');
    expect(await serve([], well)).toEqual([20]);
  });

  it('takes an edited body only if it keeps its contract, where the contracts are', async () => {
    await serve([['e-1', 2]], broken);
    cpSync(join(import.meta.dirname, '../../specs/loyalty'), join(root, 'specs/loyalty'), {
      recursive: true,
    });
    const { body } = await json('dlq show d-1 --body');
    const edit = async (change: object, more = '') => {
      writeFileSync(join(root, 'fixed.json'), JSON.stringify({ ...JSON.parse(body), ...change }));
      return run(`dlq edit d-1 --body fixed.json${more}`);
    };
    const wrong = await edit({ data: { pointsEarned: 'many' } });
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.err).toContain('/data/pointsEarned should be');
    expect(wrong.err).toContain('--force');
    expect((await json('dlq show d-1 --body')).body).toBe(body);
    // Its key says which entity waits behind it.
    expect((await edit({ aggregateId: 'e-2' })).err).toContain('orderingKey');
    expect(await edit({ data: { pointsEarned: 'many' } }, ' --force')).toMatchObject({ code: 0, err: '' });
  });

  it('exports with bodies, a line of JSON for each', async () => {
    await serve(
      [
        ['a', 2],
        ['b', 3],
      ],
      broken,
    );
    const lines = (await run('dlq export')).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([{ id: 'd-1' }, { id: 'd-2' }]);
    expect(lines.map((it) => JSON.parse(it.body).data.pointsEarned)).toEqual([2, 3]);
    expect((await run('dlq export d-9')).code).toBe(1);
  });

  it('says what is wrong with what it was given', async () => {
    for (const [line, problem] of [
      ['dlq list --store none.db', 'there is no file'],
      ['dlq list --store mysql://x', 'no store for mysql://'],
      ['dlq mend d-1', 'there is no action `mend`'],
      ['dlq redrive', 'needs the ids of dead letters'],
      ['dlq redrive d-1 --all', 'needs the ids of dead letters'],
    ] as const) {
      await serve([], well);
      expect(await run(line)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(problem) });
    }
    expect(await run('dlq list --older-than soon')).toMatchObject({ code: 2 });
    writeFileSync(join(root, 'text.db'), 'no database '.repeat(100));
    expect((await run('dlq list --store text.db')).err).toContain('cannot be used');
    expect(readFileSync(join(root, 'text.db'), 'utf8')).toBe('no database '.repeat(100));
  });
});

describe('chirograph outbox', () => {
  it('lists what is not yet sent and skips one of it', async () => {
    const store = sqliteStore({ file });
    const send = createProducer('loyalty', outbox(store));
    for (const points of [1, 2, 3]) await send(pointsEarned, earned('a', points));
    const { count, messages } = await json('outbox list --limit 2');
    expect(count).toBe(3);
    expect(messages).toMatchObject([{ row: '1', message: { name: 'loyalty.points.earned' } }, { row: '2' }]);
    expect((await run('outbox skip 2')).out).toContain('skipped 1 message');
    expect((await run('outbox skip 2')).code).toBe(1);
    expect((await json('outbox list')).messages).toMatchObject([{ row: '1' }, { row: '3' }]);
    await store.close();
  });
});

describe('chirograph store sql', () => {
  it('prints what makes the tables', async () => {
    const { out } = await run('store sql sqlite');
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(file);
    database.exec(out);
    database.close();
    expect((await run('dlq list')).out).toBe('no dead letters\n');
    expect((await run('store sql postgres --schema events')).out).toContain('CREATE TABLE "events".outbox');
    expect(await run('store sql oracle')).toMatchObject({
      code: 2,
      err: expect.stringContaining('sqlite and postgres'),
    });
    expect((await json('store sql sqlite --from 2')).map((it: { version: number }) => it.version)).toEqual([
      3, 4,
    ]);
  });
});

describe('chirograph projection', () => {
  it('knows none that was never kept', async () => {
    await sqliteStore({ file }).close();
    expect((await run('projection list')).out).toBe('no projections\n');
    expect(await run('projection rebuild orders')).toMatchObject({
      code: 2,
      err: expect.stringContaining('orders'),
    });
    expect((await run('projection list')).out).toBe('no projections\n');
  });
});
