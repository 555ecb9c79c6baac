import { folderReader, load } from '@chirograph/contract/load';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contractsOf } from '../contracts/contracts.ts';
import { compose, type Ingredients, isValid } from './compose.ts';
import { recall } from './facts.ts';

const { workspace } = load(folderReader('.', ['specs', 'mock/fixtures']));
const contracts = contractsOf(workspace);
const message = (name: string) => contracts.message(workspace.messages.find((it) => it.name === name)!.id);
const from = (more: Partial<Ingredients> = {}): Ingredients => ({
  seed: 1,
  source: 'payment',
  time: '2026-03-01T10:00:00.000Z',
  facts: [],
  ...more,
});
const cause = {
  id: '0b0f9d2c-58a4-4c0a-9d33-5f7d1f5a1f10',
  correlationId: 'c5ad70ee-5f25-4b36-8b5c-2a1f6e5b3d11',
};
const orderId = '7f0c2f0e-2c39-4b9c-8df5-6c0f0f1a2b3c';

describe('compose', () => {
  it('carries the story over: fields of one name, correlation, causation; the time is now', () => {
    const facts = [{ data: { orderId, amount: { amount: 1250, currency: 'EUR' } } }];
    const { payload } = compose(contracts, message('shop.payment.authorized'), from({ facts, cause }));
    expect(payload).toMatchObject({
      source: 'payment',
      time: '2026-03-01T10:00:00.000Z',
      correlationid: cause.correlationId,
      causationid: cause.id,
      data: { orderId, amount: { amount: 1250, currency: 'EUR' }, authorizedAt: '2026-03-01T10:00:00.000Z' },
    });
  });

  it('is about the aggregate that it belongs to, not that of its cause', () => {
    const facts = [{ data: { orderId } }];
    const about = { ...cause, aggregate: 'Order', subject: orderId };
    const paid = compose(contracts, message('shop.payment.authorized'), from({ facts, cause: about }));
    expect(paid.payload).toMatchObject({ subject: expect.not.stringMatching(orderId) });
    expect(paid.payload).toMatchObject({
      subject: Reflect.get(Object(Reflect.get(Object(paid.payload), 'data')), 'paymentId'),
    });
    const shipped = compose(contracts, message('shop.order.shipped'), from({ facts, cause: about }));
    expect(shipped.payload).toMatchObject({ subject: orderId });
  });

  it('leaves a value that the contract refuses', () => {
    const { payload } = compose(
      contracts,
      message('parcels.delivered'),
      from({ facts: [{ grams: 'many', price: 7 }] }),
    );
    expect(payload).toMatchObject({ data: { grams: expect.any(Number), price: 7 } });
  });

  it('begins a story of its own where there is no cause', () => {
    const { payload } = compose(contracts, message('parcels.paid'), from());
    const { id, correlationId } = Object(payload);
    expect(correlationId).toBe(id);
    expect(payload).not.toHaveProperty('causationId');
  });

  it('fills an envelope in headers', () => {
    const { headers } = compose(contracts, message('OrderPaid'), from({ cause }));
    expect(headers).toMatchObject({
      event_name: 'OrderPaid',
      correlation_id: cause.correlationId,
      causation_id: cause.id,
    });
  });

  it('is valid whatever is told, and the same for the same seed', { timeout: 60_000 }, () => {
    const told = fc.dictionary(
      fc.constantFrom(
        'orderId',
        'amount',
        'customerId',
        'items',
        'order_id',
        'grams',
        'reason',
        'data',
        'status',
      ),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...workspace.messages), fc.array(told), fc.nat(), (it, facts, seed) => {
        const known = contracts.message(it.id);
        const ingredients = from({ seed, facts: structuredClone(facts) as Ingredients['facts'], cause });
        const made = compose(contracts, known, ingredients);
        expect(isValid(known, made)).toBe(true);
        expect(compose(contracts, known, ingredients)).toEqual(made);
      }),
      { numRuns: 200 },
    );
  });
});

describe('recall', () => {
  it.each([
    { facts: [{ orderId: 1 }], name: 'orderId', told: 1 },
    { facts: [{ orderId: 1 }], name: 'order_id', told: 1 },
    { facts: [{ order_id: 1 }], name: 'rabtul_order_id', told: 1 },
    { facts: [{ order_id: 1 }], name: 'original_order_id', told: undefined },
    { facts: [{ id: 1 }], name: 'order_id', told: undefined },
    { facts: [{ data: { n: 2 } }, { n: 1 }], name: 'n', told: 2 },
    { facts: [{ data: { n: 2 }, n: 1 }], name: 'n', told: 1 },
    { facts: [{ items: [{ productId: 'a' }, { productId: 'b' }] }], name: 'productId', told: 'a' },
    { facts: [{ relatedOrderId: 1 }, { orderId: 2 }], name: 'orderId', told: 2 },
  ])('$name of $facts', ({ facts, name, told }) => {
    expect(recall(facts, name)).toEqual(told);
  });
});
