import { load, memoryReader } from '@chirograph/contract/load';
import { testBus } from '@chirograph/runtime/testing';
import { expect, it, onTestFinished } from 'vitest';
import { shopFloorConsumer } from '../golden/warehouse/consumers/shop-floor.ts';
import { warehouseConsumer } from '../golden/warehouse/consumers/warehouse.ts';
import { warehouseProducer } from '../golden/warehouse/producers/warehouse.ts';
import { shopFloorRequests } from '../golden/warehouse/requests/shop-floor.ts';
import type { StockCountedOld } from '../golden/warehouse/types.ts';
import { generate } from '../index.ts';

const FIRST = '6b0d549b-6f03-475a-9600-a35a099950d8';
const SECOND = '6b0d549b-6f03-475a-9600-a35a099950d9';

it('a generated request is answered by the generated consumer and producer of the service that answers', async () => {
  const bus = testBus();
  onTestFinished(() => bus.close());
  const options = { store: bus.store, clock: bus.clock, poll: 60_000 };
  const upcasters = {
    'stock.counted@0.9': ({ requestId, quantity }: StockCountedOld) => ({
      requestId,
      quantity: Number(quantity),
    }),
  };
  const floor = shopFloorRequests(bus, { ...options, upcasters });
  const answers = warehouseProducer(bus);
  const warehouse = warehouseConsumer(bus, options, {
    countStock: async ({ requestId, sku }, context) => {
      if (sku !== 'none') await answers.stockCounted({ requestId, quantity: 3 }, context);
    },
  });
  // What the requests wait for, the service's consumer need not handle.
  const service = shopFloorConsumer(
    bus,
    { ...options, upcasters, channels: { replyTo: 'floor.deleted' } },
    { stockCounted: 'awaited', stockMoved: async () => undefined, deleteMessage: async () => undefined },
  );
  const consumers = [floor.consumer, warehouse, service];
  for (const one of consumers) await one.start();
  const asking = floor.countStock({ requestId: FIRST, sku: 'a' });
  await bus.settled();
  const answer = await asking;
  expect(answer).toEqual({ kind: 'answered', reply: { requestId: FIRST, quantity: 3 } });
  // Typed: this does not compile when the reply is not that of the contract.
  if (answer.kind === 'answered') expect(answer.reply.quantity satisfies number).toBe(3);
  const inVain = floor.countStock({ requestId: SECOND, sku: 'none' }, { patience: 2_000 });
  await bus.settled();
  await bus.clock.advance(2_000);
  expect(await inVain).toEqual({ kind: 'timeout', after: 2_000 });
  for (const one of consumers) await one.stop();
});

/** A desk that asks on a fixed channel, and says in a header where it wants its answer. */
const desk = (address: string): string => `
asyncapi: 3.0.0
info: { title: Desk, version: 1.0.0 }
channels:
  ask: { address: ask, messages: { Ask: { $ref: '#/components/messages/Ask' } } }
  answer: { address: ${address}, messages: { Answer: { $ref: '#/components/messages/Answer' } } }
operations:
  ask:
    action: send
    channel: { $ref: '#/channels/ask' }
    reply:
      address: { location: '$message.header#/replyTo' }
      channel: { $ref: '#/channels/answer' }
components:
  messages:
    Ask:
      headers: { type: object, properties: { replyTo: { type: string } } }
      payload: { type: object, properties: { title: { type: string } } }
    Answer: { payload: { type: object, properties: { copies: { type: integer } } } }
`;

it.each([
  ['desk.answers', "address: 'desk.answers'"],
  ['null', 'address: options.channels.answer'],
])('a request says where its answer is to go: address %s', async (address, said) => {
  const { workspace } = load(memoryReader({ 'specs/desk/desk.asyncapi.yaml': desk(address) }));
  const files = await generate(workspace, { importExtension: '.ts' });
  const text = files.find(({ path }) => path.endsWith('requests/desk.ts'))?.text ?? '';
  expect(text).toContain(`replyTo: { at: { in: 'headers', path: ['replyTo'] }, ${said} }`);
  expect(text.includes("readonly channels: Pick<DeskChannels, 'answer'>")).toBe(address === 'null');
});
