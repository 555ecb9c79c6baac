import { inventoryConsumer } from '@chirograph/generated/loyalty/consumers/inventory';
import * as samples from '@chirograph/generated/loyalty/samples';
import { deadLetters } from '@chirograph/runtime';
import { expect, it } from 'vitest';
import { serviceTest } from '../service-test.ts';
import { inventoryHandlers, type Stock, stock } from './handlers.ts';

const rewardId = '7f150524-34b9-45df-9e77-69b10f4205b4';

async function redeemedWith(item: Stock | undefined) {
  const test = serviceTest();
  const { bus, loyalty, log } = test;
  await inventoryConsumer(bus, bus, inventoryHandlers(log)).start();
  if (item) await bus.store.transaction((tx) => stock(tx).put(rewardId, item));
  await loyalty.pointsRedeemed(samples.pointsRedeemed.sample({ data: { rewardId, rewardName: 'Mug' } }));
  return { ...test, item: await test.read(stock, rewardId) };
}

it('takes a physical reward out of stock', async () => {
  const { item } = await redeemedWith({ kind: 'physical', name: 'Mug', left: 2, owed: 0 });
  expect(item).toEqual({ kind: 'physical', name: 'Mug', left: 1, owed: 0 });
});

it('owes what is not in stock', async () => {
  const { item } = await redeemedWith({ kind: 'physical', name: 'Mug', left: 0, owed: 3 });
  expect(item).toEqual({ kind: 'physical', name: 'Mug', left: 0, owed: 4 });
});

it('needs no stock for what is not physical', async () => {
  const { item, said } = await redeemedWith({ kind: 'digital', name: 'Voucher' });
  expect(item).toEqual({ kind: 'digital', name: 'Voucher' });
  expect(said).toEqual(['Voucher needs no stock']);
});

it('gives up on a reward that it does not know, and handles it once it does', async () => {
  const { bus, read } = await redeemedWith(undefined);
  for (const delay of [1_000, 5_000, 25_000]) {
    await bus.clock.advance(delay);
    await bus.settled();
  }
  const letters = deadLetters(bus.store, { clock: bus.clock });
  const [letter] = await letters.list('inventory');
  expect(letter?.reason).toBe('retries-exhausted');
  expect(letter?.failure?.message).toBe('no stock item for Mug');

  await bus.store.transaction((tx) =>
    stock(tx).put(rewardId, { kind: 'physical', name: 'Mug', left: 1, owed: 0 }),
  );
  await letters.redrive(letter?.id ?? '');
  expect(await read(stock, rewardId)).toMatchObject({ left: 0 });
  expect(await letters.list()).toEqual([]);
});
