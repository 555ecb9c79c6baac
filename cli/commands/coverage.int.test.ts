import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { natsBroker } from '@chirograph/runtime/nats';
import { expect, it } from 'vitest';
import { natsAvailability, startNats } from '../../runtime/nats/nats-server.ts';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';

const contract = `asyncapi: 3.1.0
info: { title: Order, version: 1.0.0 }
channels:
  placed: { address: order.placed, messages: { OrderPlaced: { $ref: '#/components/messages/OrderPlaced' } } }
operations:
  sendPlaced: { action: send, channel: { $ref: '#/channels/placed' } }
components:
  messages:
    OrderPlaced: { name: order.placed, payload: { type: object }, x-contract: { kind: event, version: '1.0' } }
`;

const nats = natsAvailability();
if (!nats.available) console.warn(`coverage --broker was not tested: ${nats.reason}`);

it.skipIf(!nats.available)(
  'listens to running services beside them, until it is told to end, and counts',
  async () => {
    const server = await startNats();
    const folder = mkdtempSync(join(tmpdir(), 'chirograph-'));
    const recordings = join(folder, '.chirograph/coverage');
    mkdirSync(join(folder, 'specs/shop'), { recursive: true });
    writeFileSync(join(folder, 'specs/shop/order.asyncapi.yaml'), contract);
    const streams = [{ name: 'shop', subjects: ['order.>'] }];
    const broker = await natsBroker({ servers: server.url, streams });
    try {
      const ending = new AbortController();
      const io = memoryIo(folder, { signal: ending.signal });
      const running = main(['coverage', '--broker', server.url], io);
      const hasHeard = () =>
        existsSync(recordings) &&
        readdirSync(recordings).some((it) =>
          readFileSync(join(recordings, it), 'utf8').includes('order.placed'),
        );
      // What is sent before it listens is not heard.
      while (!hasHeard()) {
        const headers = {};
        const body = new TextEncoder().encode('{}');
        const about = { id: randomUUID(), name: 'order.placed', version: '1.0', channel: 'order.placed' };
        await broker.publish([{ ...about, headers, contentType: 'application/json', body }]);
        await setTimeout(50);
      }
      ending.abort();
      expect(await running).toBe(0);
      expect(io.printed()).toContain('1/1 messages');
      expect(io.said()).toMatch(/heard \d+ message/);
    } finally {
      await broker.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
