import { describeBroker } from '@chirograph/conformance/broker';
import * as jetStream from '@nats-io/jetstream';
import * as transport from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CuttableLink, cuttableLink } from '../conformance/cuttable-link.ts';
import type { Broker } from '../ports/broker.ts';
import { deliverEach } from '../ports/deliver-each.ts';
import { natsBroker } from './nats-broker.ts';
import { type NatsServer, natsAvailability, startNats } from './nats-server.ts';

const nats = natsAvailability();

if (nats.available) {
  let server: NatsServer;
  let opened = 0;
  beforeAll(async () => {
    server = await startNats();
  });
  afterAll(() => server.stop());

  const features = {
    deduplicates: true,
    batches: true,
    history: true,
    limitsSize: true,
    refusesUnknownChannels: true,
    parallelKeys: true,
    membersDie: true,
    survivesKill: process.env.NATS_URL ? { not: 'the server at NATS_URL is not ours to kill' } : true,
  } as const;
  describeBroker('NATS JetStream', features, async () => {
    const prefix = `test-${process.pid}-${Date.now()}-${opened++}`;
    const connections: Broker[] = [];
    const links: CuttableLink[] = [];
    const connect = async (url = server.url): Promise<Broker> => {
      const broker = await natsBroker({
        servers: url,
        prefix,
        streams: [
          { name: 'shop', subjects: ['shop.>'] },
          { name: 'bank', subjects: ['bank.>'] },
        ],
        redeliveryDelay: 10,
      });
      connections.push(broker);
      return broker;
    };
    return {
      broker: await connect(),
      another: () => connect(),
      async mortal() {
        const link = await cuttableLink(server.url);
        links.push(link);
        return { broker: await connect(link.url), die: link.close };
      },
      killAndRestart: () => server.killAndRestart?.() ?? Promise.reject(new Error('not ours to kill')),
      async close() {
        await Promise.all(connections.map((broker) => broker.close()));
        await Promise.all(links.map((link) => link.close()));
      },
    };
  });

  describe('natsBroker', () => {
    const itAlone = process.env.NATS_URL ? it.skip : it;
    itAlone('can be closed while its server is away (not run against NATS_URL)', async () => {
      const own = await startNats();
      const streams = [{ name: 'shop', subjects: ['shop.>'] }];
      const broker = await natsBroker({ servers: own.url, streams, onFault: () => undefined });
      await broker.subscribe(
        { group: 'g', channels: ['shop.a'] },
        deliverEach(async () => undefined),
      );
      await own.stop();
      await broker.close();
    });

    itAlone(
      'starts while its server is away, and begins when that comes (not run against NATS_URL)',
      async () => {
        const own = await startNats();
        await own.stop();
        const streams = [{ name: 'shop', subjects: ['shop.>'] }];
        const faults: unknown[] = [];
        const broker = await natsBroker({
          servers: own.url,
          streams,
          waitFor: 10,
          onFault: (it) => faults.push(it),
        });
        expect(broker.health()).toMatchObject({
          connected: false,
          problem: expect.stringContaining(own.url),
        });
        const got: string[] = [];
        await broker.subscribe(
          { group: 'g', channels: ['shop.a'] },
          deliverEach(async ({ id }) => void got.push(id)),
        );
        const message = { id: '1', channel: 'shop.a', headers: {}, contentType: '', body: new Uint8Array() };
        expect(await broker.publish([message])).toMatchObject([{ kind: 'retry' }]);
        await own.start();
        await vi.waitFor(() => expect(broker.health().connected).toBe(true), { timeout: 20_000 });
        expect(await broker.publish([message])).toEqual([{ kind: 'acked' }]);
        await vi.waitFor(() => expect(got).toEqual(['1']), { timeout: 20_000 });
        await broker.close();
        await own.stop();
      },
    );

    it('refuses a stream that loses messages, with the remedy, unless that is allowed', async () => {
      const name = `unsafe-${process.pid}-${Date.now()}`;
      const client = await transport.connect({ servers: server.url });
      const manager = await jetStream.jetstreamManager(client);
      await manager.streams.add({
        name,
        subjects: [`${name}.>`],
        storage: jetStream.StorageType.Memory,
        discard: jetStream.DiscardPolicy.Old,
        max_msgs: 5,
        max_age: transport.nanos(1_000),
        duplicate_window: transport.nanos(1_000),
      });
      const stream = { name, subjects: [`${name}.>`] };
      const refused = natsBroker({ servers: server.url, streams: [stream] });
      await expect(refused).rejects.toThrow(
        /storage: [\s\S]*--storage file[\s\S]*discard: [\s\S]*max_age: [\s\S]*duplicate_window: [\s\S]*allowUnsafe/,
      );
      const allowUnsafe = ['storage', 'discard', 'max_age', 'duplicate_window'] as const;
      const broker = await natsBroker({ servers: server.url, streams: [{ ...stream, allowUnsafe }] });
      expect(broker.health().connected).toBe(true);
      await broker.close();
      await manager.streams.delete(name);
      await client.close();
    });

    it('says which stream is missing, and which is not as it should be', async () => {
      const prefix = `test-${process.pid}-${Date.now()}-streams`;
      const options = { servers: server.url, prefix };
      const broker = await natsBroker({ ...options, streams: [{ name: 'shop', subjects: ['shop.a'] }] });
      const subscribing = broker.subscribe(
        { group: 'g', channels: ['bank.a'] },
        deliverEach(async () => undefined),
      );
      await expect(subscribing).rejects.toThrow('no stream takes');
      const message = { id: '1', channel: 'bank.a', headers: {}, contentType: '', body: new Uint8Array() };
      const [outcome] = await broker.publish([message]);
      expect(outcome).toMatchObject({
        kind: 'refused',
        error: { message: expect.stringContaining('bank.a: does a stream cover it?') },
      });
      const widened = natsBroker({ ...options, streams: [{ name: 'shop', subjects: ['shop.a', 'shop.b'] }] });
      await expect(widened).rejects.toThrow('nats stream edit');
      const beside = natsBroker({ ...options, streams: [{ name: 'till', subjects: ['shop.>'] }] });
      await expect(beside).rejects.toThrow(/shop takes messages of .*shop\.> already/);
      await broker.close();
    });
  });
} else {
  console.warn(`NATS JetStream was not tested: ${nats.reason}`);
  describe.skip(`NATS JetStream as a broker (not run: ${nats.reason})`, () => {
    it('needs a server', () => undefined);
  });
}
