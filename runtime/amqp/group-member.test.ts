import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConsumeMessage } from 'amqplib';
import { describe, expect, it, vi } from 'vitest';
import { deliverEach } from '../ports/deliver-each.ts';
import type { Connection, Model } from './connection.ts';
import { joinGroup } from './group-member.ts';
import { topologyFor } from './topology.ts';

const PARTITIONS = 4;
const QUEUES = ['g.0', 'g.1', 'g.2', 'g.3'];

/** A connection to a server that is lost and comes back when the test says so. */
function connections() {
  let model: Model | undefined;
  const runs = new Set<(model: Model) => Promise<void>>();
  const connection: Connection = {
    current: () => model,
    each(run) {
      runs.add(run);
      if (model) void run(model).catch(() => undefined);
      return () => void runs.delete(run);
    },
    health: () => ({ connected: model !== undefined, since: 0 }),
    close: async () => undefined,
  };
  return {
    connection,
    come(server: ReturnType<typeof serverThat>) {
      model = server.model;
      for (const run of runs) void run(model).catch(() => undefined);
    },
    lose(server: ReturnType<typeof serverThat>) {
      model = undefined;
      for (const channel of server.channels) channel.emit('close');
    },
  };
}

/** Notes the queues from which is consumed on one connection. */
function serverThat(consumes: (queue: string) => Promise<void> = async () => undefined) {
  const channels: EventEmitter[] = [];
  const consumed: string[] = [];
  const takers = new Map<string, (received: ConsumeMessage) => void>();
  const model = {
    async createChannel() {
      const channel = Object.assign(new EventEmitter(), {
        assertExchange: async () => undefined,
        assertQueue: async () => undefined,
        bindQueue: async () => undefined,
        prefetch: async () => undefined,
        async consume(queue: string, take: (received: ConsumeMessage) => void) {
          await consumes(queue);
          consumed.push(queue);
          takers.set(queue, take);
        },
        ack: () => undefined,
        close: async () => undefined,
      });
      channels.push(channel);
      return channel;
    },
  };
  return {
    model: model as unknown as Model,
    channels,
    consumed,
    /** Hands out a message without a key from the first queue, on a channel that the member does not know. */
    sendUnknown() {
      const fields = { routingKey: '0.shop.b' } as ConsumeMessage['fields'];
      const properties = { headers: {} } as ConsumeMessage['properties'];
      takers.get('g.0')?.({ content: Buffer.from('{}'), fields, properties });
    },
  };
}

function join(connection: Connection) {
  return joinGroup({
    connection,
    topology: topologyFor('', PARTITIONS),
    to: { group: 'g', channels: ['shop.a'] },
    deliver: deliverEach(async () => undefined),
    redeliveryDelay: 10,
    onFault: () => undefined,
  });
}

describe('a member of a group on RabbitMQ', () => {
  it('stands in each line once when a connection comes back while its lost channels are made anew', async () => {
    const { connection, come, lose } = connections();
    const first = serverThat();
    const member = join(connection);
    come(first);
    await vi.waitFor(() => expect(first.consumed.toSorted()).toEqual(QUEUES));
    lose(first);
    const slow = Promise.withResolvers<void>();
    const second = serverThat(() => slow.promise);
    come(second);
    // Longer than what was lost waits before it is made anew.
    await sleep(50);
    slow.resolve();
    await vi.waitFor(() => expect(new Set(second.consumed).size).toBe(PARTITIONS));
    await sleep(20);
    expect(second.consumed.toSorted()).toEqual(QUEUES);
    await member.stop();
  });

  it('takes from the other queues when one cannot be had after a loss, and from that later', async () => {
    const { connection, come, lose } = connections();
    const first = serverThat();
    const member = join(connection);
    come(first);
    await vi.waitFor(() => expect(first.consumed).toHaveLength(PARTITIONS));
    lose(first);
    let refusals = 0;
    const second = serverThat(async (queue) => {
      if (queue === 'g.1' && refusals++ < 3) throw new Error('no leader');
    });
    // Nothing is made anew for lost channels any more: only the connection can do it.
    await sleep(50);
    come(second);
    await vi.waitFor(() => expect(second.consumed.toSorted()).toEqual(QUEUES));
    await member.stop();
  });

  it('leaves the line that a message of a channel unknown to it came from, and joins it again whatever fails', async () => {
    const { connection, come } = connections();
    let refusals = 0;
    const server = serverThat(async (queue) => {
      if (queue === 'g.0' && server.consumed.includes('g.0') && refusals++ < 2)
        throw new Error('Channel ended, no reply will be forthcoming');
    });
    const member = join(connection);
    come(server);
    await vi.waitFor(() => expect(server.consumed.toSorted()).toEqual(QUEUES));
    server.sendUnknown();
    await vi.waitFor(() => expect(server.consumed.toSorted()).toEqual(['g.0', ...QUEUES]));
    expect(refusals).toBe(3);
    await member.stop();
  });

  it('stops in the middle of joining a line again', async () => {
    const { connection, come } = connections();
    const broken = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const server = serverThat(async (queue) => {
      if (queue !== 'g.0' || !server.consumed.includes('g.0')) return;
      asked.resolve();
      await broken.promise;
    });
    const member = join(connection);
    come(server);
    await vi.waitFor(() => expect(server.consumed.toSorted()).toEqual(QUEUES));
    server.sendUnknown();
    await asked.promise;
    await member.stop();
    broken.reject(new Error('Channel ended, no reply will be forthcoming'));
    // An unhandled rejection would fail the run.
    await sleep(0);
    expect(server.consumed.toSorted()).toEqual(QUEUES);
  });
});
