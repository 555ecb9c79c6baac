import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresStore } from '@chirograph/runtime/postgres';
import pg from 'pg';
import { expect, it, onTestFinished, vi } from 'vitest';
import { main } from '../../../cli/main.ts';
import { memoryIo } from '../../../cli/memory-io.ts';
import { startOwnNats } from '../../../runtime/nats/nats-server.ts';
import { type Revenue, revenueByShop } from './revenue.ts';

const URL = process.env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';
const PATIENCE = { timeout: 40_000, interval: 50 };

const REPO = join(import.meta.dirname, '../../..');

interface Running {
  readonly child: ChildProcess;
  place(id: string, amount: number, currency?: string): void;
  readonly sent: () => readonly string[];
  readonly ended: Promise<unknown>;
  readonly told: () => string;
}

it('a service is run, killed, looked into, put right, traced, replaced, rebuilt and stopped, as docs/operations.md says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chirograph-operations-'));
  const schema = `operations_${process.pid}`;
  const spans = join(folder, 'spans.jsonl');
  const nats = await startOwnNats();
  const store = postgresStore({ url: URL, schema });
  const running: Running[] = [];
  onTestFinished(async () => {
    for (const { child, ended } of running) {
      child.kill('SIGKILL');
      await ended;
    }
    await store.close();
    await nats.stop();
    const admin = new pg.Client({ connectionString: URL });
    await admin.connect();
    await admin.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await admin.end();
    rmSync(folder, { recursive: true });
  });

  async function run(version: string): Promise<Running> {
    const file = join(import.meta.dirname, 'service.ts');
    const child = spawn(process.execPath, [file, URL, schema, nats.url, version, spans], { stdio: 'pipe' });
    let out = '';
    let err = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      err += text;
    });
    child.stdin?.on('error', () => undefined);
    const ended = once(child, 'exit').then(([code, signal]) => code ?? signal);
    const one: Running = {
      child,
      ended,
      place: (id, amount, currency = 'EUR') => child.stdin?.write(`${id} ${amount} ${currency}\n`),
      sent: () => [...out.matchAll(/^sent (\S+)$/gm)].map(([, id = '']) => id),
      told: () => `${out}${err}`,
    };
    running.push(one);
    await Promise.race([
      vi.waitFor(() => expect(out).toContain('ready'), PATIENCE),
      ended.then((code) => Promise.reject(new Error(`ended with ${code}: ${one.told()}`))),
    ]);
    return one;
  }

  async function chirograph(line: string): Promise<{ code: number; out: string; err: string }> {
    const io = memoryIo(folder, { env: { CHIROGRAPH_STORE: URL } });
    const code = await main([...line.split(' '), '--schema', schema], io);
    return { code, out: io.printed(), err: io.said() };
  }
  const json = async (line: string) => JSON.parse((await chirograph(`${line} --json`)).out);

  const revenue = (version: string): Promise<(Revenue & { version: string }) | undefined> =>
    store.read(async (tx) => {
      const model = await revenueByShop(version).read(tx);
      const found = await model?.documents<Revenue>('revenue').get('shop');
      return model && found && { ...found, version: model.version };
    });
  const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  let number = 0;
  const place = (by: Running, count: number): void => {
    for (let n = 0; n < count; n++) by.place(uuid(++number), 1);
  };
  /** What was committed: each of it must be counted once, and nothing else. */
  const committed = () => store.read(async (tx) => (await tx.documents('orders').list()).length);
  const countedBy = (version: string, less = 0) =>
    vi.waitFor(async () => {
      const orders = (await committed()) - less;
      expect(await revenue(version)).toMatchObject({ version, orders, amount: orders });
    }, PATIENCE);

  // Run, and killed in the middle of its work: what was committed is counted once, and nothing else.
  const first = await run('1');
  place(first, 40);
  await vi.waitFor(() => expect(first.sent().length).toBeGreaterThan(10), PATIENCE);
  first.child.kill('SIGKILL');
  expect(await first.ended).toBe('SIGKILL');
  const second = await run('1');
  await countedBy('1');
  expect(await committed()).toBeGreaterThan(10);

  // A message that the service refuses: found, put right, and tried again.
  const bad = uuid(++number);
  second.place(bad, 1, 'XXX');
  await vi.waitFor(
    async () => expect((await json('dlq list --service revenue')).deadLetters).toHaveLength(1),
    PATIENCE,
  );
  const [letter] = (await json('dlq list --service revenue --reason refused')).deadLetters;
  expect(letter).toMatchObject({ reason: 'refused', key: bad, failure: { error: 'unknown-currency' } });
  expect((await chirograph('dlq list')).out).not.toContain('XXX');
  place(second, 5);
  await countedBy('1', 1);
  const { body } = await json(`dlq show ${letter.id} --body`);
  writeFileSync(join(folder, 'fixed.json'), body.replace('XXX', 'EUR'));
  // Checked against its contract, so where the contracts are.
  const edit = `dlq edit ${letter.id} --body fixed.json --config ${join(REPO, 'chirograph.config.ts')}`;
  expect(await chirograph(edit)).toMatchObject({ code: 0, err: '' });
  expect((await chirograph(`dlq redrive ${letter.id}`)).out).toContain('redriven 1 dead letter');
  await countedBy('1');
  expect((await chirograph(`dlq redrive ${letter.id}`)).code).toBe(1);
  expect((await json('dlq list')).deadLetters).toEqual([]);
  expect((await json('outbox list')).count).toBe(0);

  // Its trace goes from the order to the handler, through store and broker, also when that was tried a second time.
  await vi.waitFor(() => expect(existsSync(spans)).toBe(true), PATIENCE);
  const all = readFileSync(spans, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const root = all.find(({ name }) => name === `order ${bad}`);
  const sending = all.find(({ parent }) => parent === root.spanId);
  const tries = all.filter(({ parent, traceId }) => parent === sending.spanId && traceId === root.traceId);
  expect(sending.name).toBe('send shop.order.placed-notification');
  expect(tries.map((it) => [it.name, it['messaging.consumer.group.name'], it['error.type']])).toEqual([
    ['process shop.order.placed-notification', 'revenue', 'unknown-currency'],
    ['process shop.order.placed-notification', 'revenue', undefined],
  ]);

  // A second version of message and read model beside the first, while both are at work and orders come in.
  const third = await run('2');
  for (let round = 0; round < 6; round++) {
    place(second, 5);
    place(third, 5);
    await vi.waitFor(() => expect(third.sent().length).toBeGreaterThanOrEqual((round + 1) * 5), PATIENCE);
  }
  await countedBy('2');
  expect(await revenue('2')).toMatchObject({ largest: 1 });
  await countedBy('1');
  expect((await json('dlq list')).deadLetters).toEqual([]);

  // The old one is stopped: it ends by itself, and the new one goes on.
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
  place(third, 5);
  await countedBy('2');

  // The read model is damaged, and rebuilt while orders come in.
  const generationOf = async () => store.read(async (tx) => (await revenueByShop('2').read(tx))?.generation);
  const before = await generationOf();
  await store.transaction(async (tx) => {
    await (await revenueByShop('2').read(tx))
      ?.documents<Revenue>('revenue')
      .put('shop', { orders: 0, amount: 0 });
  });
  expect((await chirograph('projection rebuild revenue')).code).toBe(0);
  place(third, 20);
  await countedBy('2');
  expect(await generationOf()).toBeGreaterThan(before ?? 0);
  expect((await chirograph('projection list')).out).toMatch(/revenue +\d +2 +live/);

  third.child.kill('SIGTERM');
  expect(await third.ended).toBe(0);
  expect(third.told()).not.toContain('not sent');
});
