import { join } from 'node:path';
import { planQueues } from '@chirograph/runtime/amqp';
import { planGroups } from '@chirograph/runtime/redis';
import amqp from 'amqplib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { kafkaAvailability, startKafkaFront } from '../../runtime/conformance/kafka/index.ts';
import { startRedis } from '../../runtime/conformance/redis-server.ts';
import { startOwnNats } from '../../runtime/nats/nats-server.ts';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';

const REPO = join(import.meta.dirname, '../..');
const AMQP = process.env.AMQP_URL ?? 'amqp://guest:guest@127.0.0.1:5672';

async function run(line: string): Promise<{ code: number; out: string; err: string }> {
  const io = memoryIo(REPO);
  const code = await main(line.split(' '), io);
  return { code, out: io.printed(), err: io.said() };
}

describe('chirograph broker', () => {
  it('plans and makes the streams of all contracts, twice as once', async () => {
    const nats = await startOwnNats();
    onTestFinished(() => nats.stop());
    const plan = await run(`broker plan --broker ${nats.url}`);
    expect(plan).toMatchObject({ code: 1, err: '' });
    expect(plan.out).toMatch(/^create +stream +shop +shop\.>$/m);
    expect((await run(`broker plan --broker ${nats.url}`)).out).toBe(plan.out);

    // JetStream refuses streams that have a subject in common.
    expect(await run(`broker apply --broker ${nats.url}`)).toMatchObject({ code: 0, err: '' });
    const after = await run(`broker plan --broker ${nats.url} --json`);
    expect(after.code).toBe(0);
    const { steps } = JSON.parse(after.out);
    expect(steps.every(({ step }: { step: string }) => step === 'exists')).toBe(true);
    expect((await run(`broker apply --broker ${nats.url}`)).out).not.toMatch(/created|changed/);
  });

  it('adds what a stream lacks, and touches none that loses messages', async () => {
    const nats = await startOwnNats();
    onTestFinished(() => nats.stop());
    const { connect } = await import('@nats-io/transport-node');
    const { jetstreamManager, StorageType } = await import('@nats-io/jetstream');
    const client = await connect({ servers: nats.url });
    const manager = await jetstreamManager(client);
    await manager.streams.add({ name: 'shop', subjects: ['shop.order.>'] });
    await manager.streams.add({
      name: 'loyalty',
      subjects: ['loyalty.points.earned'],
      storage: StorageType.Memory,
    });
    const { code, out } = await run(`broker apply --broker ${nats.url}`);
    expect(code).toBe(1);
    expect(out).toMatch(/^UNSAFE +stream +loyalty/m);
    expect(out).toMatch(/^changed +stream +shop +adds shop\.>$/m);
    expect(await manager.streams.info('shop')).toMatchObject({ config: { subjects: ['shop.>'] } });
    expect(await manager.streams.info('loyalty')).toMatchObject({
      config: { subjects: ['loyalty.points.earned'] },
    });
    await client.close();
  });

  const kafka = kafkaAvailability();
  if (!kafka.available) console.warn(`broker plan was not tested on Kafka: ${kafka.reason}`);
  it.skipIf(!kafka.available)('plans and makes the topics of all contracts, and touches none', async () => {
    const front = await startKafkaFront();
    onTestFinished(() => front.stop());
    const plan = await run(`broker plan --broker ${front.url}`);
    expect(plan).toMatchObject({ code: 1, err: '' });
    expect(plan.out).toMatch(/^create +topic +shop +8 partitions$/m);
    expect(await run(`broker apply --broker ${front.url}`)).toMatchObject({ code: 0, err: '' });
    const after = await run(`broker plan --broker ${front.url}`);
    expect(after).toMatchObject({ code: 0 });
    expect(after.out).toMatch(/^exists +topic +shop +8 partitions$/m);
    front.configure('shop', { 'retention.ms': '1000' });
    const unsafe = await run(`broker apply --broker ${front.url}`);
    expect(unsafe.code).toBe(1);
    expect(unsafe.out).toMatch(/^UNSAFE +topic +shop +retention\.ms: /m);
  });

  it('plans and makes exchange and queues', async () => {
    const prefix = `plan-${process.pid}`;
    const options = {
      url: AMQP,
      prefix,
      partitions: 2,
      groups: [{ group: 'tier', channels: ['loyalty.points.earned'] }],
    };
    onTestFinished(async () => {
      const connection = await amqp.connect(AMQP);
      const channel = await connection.createChannel();
      for (const queue of ['tier.0', 'tier.1']) await channel.deleteQueue(`${prefix}.${queue}`);
      await channel.deleteExchange(`${prefix}.chirograph.2`);
      await connection.close();
    });
    const plan = await planQueues(options);
    expect(plan.map(({ kind, name, exists }) => `${kind} ${name} ${exists}`)).toEqual([
      `exchange ${prefix}.chirograph.2 false`,
      `queue ${prefix}.tier.0 false`,
      `queue ${prefix}.tier.1 false`,
    ]);
    await planQueues({ ...options, apply: true });
    expect((await planQueues(options)).every(({ exists }) => exists)).toBe(true);
  });

  it('plans and makes the groups of Redis, before which nothing is kept for a service', async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const plan = await run(`broker plan --broker ${redis.url}`);
    expect(plan).toMatchObject({ code: 1, err: '' });
    expect(plan.out).toMatch(/^create +group +inventory +on 8 streams$/m);
    expect((await run(`broker plan --broker ${redis.url}`)).out).toBe(plan.out);
    expect(await run(`broker apply --broker ${redis.url}`)).toMatchObject({ code: 0, err: '' });
    const after = await run(`broker plan --broker ${redis.url}`);
    expect(after.code).toBe(0);
    expect(after.out).not.toMatch(/create|change/);

    // As a service of a later version asks for it.
    const groups = [{ group: 'inventory', channels: ['shop.later'] }];
    expect(await planGroups({ url: redis.url, groups })).toEqual({
      problems: [],
      groups: [{ group: 'inventory', missingStreams: [], missingChannels: ['shop.later'] }],
    });
    await expect(planGroups({ url: redis.url, groups, partitions: 4 })).rejects.toThrow('partitions: 8');
  });

  it('makes nothing on a Redis that loses it', async () => {
    const redis = await startRedis(['--appendonly', 'no']);
    onTestFinished(() => redis.stop());
    const { code, out } = await run(`broker apply --broker ${redis.url}`);
    expect(code).toBe(1);
    expect(out).toMatch(/^UNSAFE +server +redis +appendonly: .*CONFIG SET appendonly yes/);
    expect((await run(`broker plan --broker ${redis.url}`)).out).toMatch(/^create +group/m);
  });

  it('says when there is no broker, or nothing to plan', async () => {
    expect(await run('broker plan --broker nats://127.0.0.1:1')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('cannot be used'),
    });
    expect(await run('broker plan --broker mqtt://127.0.0.1')).toMatchObject({
      code: 2,
      err: expect.stringContaining('nothing to plan'),
    });
    expect(await run('broker plan')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no broker is named'),
    });
  });
});
