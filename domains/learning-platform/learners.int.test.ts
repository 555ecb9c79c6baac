/** Learners on PostgreSQL, where transactions run side by side. */
import { randomUUID } from 'node:crypto';
import { memoryBroker } from '@chirograph/runtime/memory';
import { postgresStore } from '@chirograph/runtime/postgres';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { knownPolicies } from './course/course-service.ts';
import { euros, fullRefund, providerDouble } from './fixture.ts';
import { wire } from './wire.ts';

const URL = process.env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';
const schema = `learning_${process.pid}`;
const store = postgresStore({ url: URL, schema, connections: 15 });

beforeAll(async () => {
  await store
    .transaction(async () => undefined)
    .catch((error) => {
      throw new Error(`These tests need PostgreSQL at ${URL} (POSTGRES_URL): ${error.message}`);
    });
});
afterAll(async () => {
  await store.close();
  const client = new pg.Client({ connectionString: URL });
  await client.connect();
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await client.end();
});

it('who order a course twice at once, and learn at once, get it once, and are counted once', async () => {
  const broker = memoryBroker();
  const provider = providerDouble();
  const platform = wire({ store, broker, provider, mailer: async () => undefined });
  await platform.start();
  try {
    const { users, policies, courses, orders, access } = platform;
    const [policyId, courseId, instructorId] = [randomUUID(), randomUUID(), randomUUID()];
    const name = 'Ada';
    await users.register({ userId: instructorId, email: 'charles@example.org', name });
    await policies.create({ policyId, name: 'Terms', terms: fullRefund });
    await courses.create({ courseId, title: 'Engines', instructorId, policyId });
    await courses.update({ courseId, title: 'Engines', description: '', price: euros(4_900) });

    const learners = Array.from({ length: 15 }, () => randomUUID());
    await Promise.all(
      learners.map((userId) => users.register({ userId, email: `${userId}@example.org`, name })),
    );
    const placed = learners.flatMap((userId) => [1, 2].map(() => ({ userId, orderId: randomUUID() })));
    await Promise.all(placed.map((it) => orders.place({ ...it, courseIds: [courseId] })));
    const counted = (what: 'enrolments' | 'completions') =>
      vi.waitFor(
        async () => {
          expect((await platform.figures())[what]).toBe(learners.length);
        },
        { timeout: 20_000 },
      );
    await counted('enrolments');
    await Promise.all(learners.map((userId) => access.updateProgress({ userId, courseId, progress: 100 })));
    await counted('completions');
    await vi.waitFor(async () =>
      expect(await platform.courseFigures(courseId)).toEqual({
        learners: learners.length,
        progress: 100 * learners.length,
      }),
    );
    expect((await platform.figures()).registrations).toBe(learners.length + 1);
  } finally {
    await platform.stop();
    await broker.close();
  }
}, 60_000);

it('a course never keeps a policy that is deprecated while it gets it', async () => {
  const broker = memoryBroker();
  const platform = wire({
    store,
    broker,
    provider: providerDouble(),
    mailer: async () => undefined,
    poll: 50,
  });
  await platform.start();
  try {
    const { users, policies, courses } = platform;
    const instructorId = randomUUID();
    await users.register({ userId: instructorId, email: `${instructorId}@example.org`, name: 'Charles' });
    const policy = async () => {
      const policyId = randomUUID();
      await policies.create({ policyId, name: 'Terms', terms: fullRefund });
      return policyId;
    };
    const made: string[] = [];
    const course = async (policyId: string) => {
      const courseId = randomUUID();
      const outcome = await courses.create({ courseId, title: 'Engines', instructorId, policyId });
      if (outcome.kind === 'accepted') made.push(courseId);
    };
    const known = (policyId: string) =>
      vi.waitFor(
        async () => {
          const all = await store.read(knownPolicies);
          expect(all.map((it) => it.policyId)).toContain(policyId);
        },
        { timeout: 20_000 },
      );
    let kept = await policy();
    await course(kept);
    for (let round = 0; round < 6; round += 1) {
      const [old, next] = [kept, await policy()];
      const [moving = ''] = made;
      await known(next);
      // Two policies end while courses are made with them, and one gets the second.
      const other = await policy();
      await known(other);
      await Promise.all([
        ...[1, 2, 3].flatMap(() => [course(old), course(other)]),
        courses.changePolicy({ courseId: moving, policyId: other }),
        policies.deprecate(old),
        ...[1, 2, 3].flatMap(() => [course(old), course(other)]),
        policies.deprecate(other),
      ]);
      kept = next;
    }
    const wrong = () =>
      store.read(async (tx) => {
        const found: string[] = [];
        for (const courseId of made) {
          const state = await courses.find(tx, courseId);
          if (state.kind === 'unknown' || !state.isPolicyValid) continue;
          if ((await policies.find(tx, state.policyId)).kind === 'deprecated') found.push(courseId);
        }
        return found;
      });
    await expect.poll(wrong, { timeout: 30_000, interval: 200 }).toEqual([]);
  } finally {
    await platform.stop();
    await broker.close();
  }
}, 240_000);
