import { beforeEach, describe, expect, it } from 'vitest';
import { ContractViolationError, type MessageContract } from '../contract/index.ts';
import { earned, pointsEarned } from '../fixtures/points-earned.ts';
import { outbox } from '../outbox/outbox.ts';
import { sqliteStore } from '../sqlite/index.ts';
import type { Observation } from '../telemetry/observation.ts';
import { manualClock, type RecordingPublisher, recordingPublisher } from '../testing/index.ts';
import { createProducer, type Send } from './create-producer.ts';

const id = '7f0c6c1e-0000-4000-8000-000000000001';
let publisher: RecordingPublisher;
let seen: Observation[];
let send: Send;

beforeEach(() => {
  publisher = recordingPublisher();
  seen = [];
  const observe = (one: Observation): number => seen.push(one);
  send = createProducer('loyalty', publisher, { clock: manualClock(0), newId: () => id, observe });
});

describe('a producer', () => {
  it('fills the envelope, and answers the message as sent', async () => {
    const sent = await send(pointsEarned, earned('e-1', 50));
    expect(sent).toEqual({
      eventId: id,
      eventType: 'loyalty.points.earned',
      version: '2.0',
      timestamp: '1970-01-01T00:00:00.000Z',
      aggregateId: 'e-1',
      data: { pointsEarned: 50, expiresAt: null },
      metadata: { correlationId: id },
    });
    expect(publisher.published).toEqual([
      {
        name: 'loyalty.points.earned',
        version: '2.0',
        payload: sent,
        message: {
          id,
          name: 'loyalty.points.earned',
          version: '2.0',
          channel: 'loyalty.points.earned',
          key: 'e-1',
          identity: `loyalty.points.earned ["${id}"]`,
          headers: { 'correlation-id': id },
          contentType: 'application/json',
          body: expect.any(Uint8Array),
        },
      },
    ]);
  });

  it('says what led to the message', async () => {
    const sent = await send(pointsEarned, earned('e-1', 1), {
      causedBy: { id: 'cause', correlationId: 'first' },
    });
    expect(sent.metadata).toEqual({ correlationId: 'first', causationId: 'cause' });
    expect(publisher.published[0]?.message.headers).toEqual({
      'correlation-id': 'first',
      'causation-id': 'cause',
    });
  });

  it('leaves what the caller gives', async () => {
    const given = { ...earned('e-1', 1), eventId: id.replace('1', '2'), timestamp: '2026-01-01T00:00:00Z' };
    const sent = await send(pointsEarned, given, { headers: { tenant: 'lao' } });
    expect(sent).toMatchObject(given);
    expect(publisher.published[0]?.message).toMatchObject({ id: given.eventId, headers: { tenant: 'lao' } });
    expect(given).not.toHaveProperty('eventType');
  });

  it('fills envelopes that stand in headers', async () => {
    const bare: MessageContract<{ readonly n: number }> = {
      name: 'shop.counted',
      version: '1.0',
      kind: 'event',
      channel: 'shop.counted',
      contentType: 'application/json',
      envelope: {
        id: { in: 'headers', path: ['ce-id'] },
        type: { in: 'headers', path: ['ce-type'] },
        source: { in: 'headers', path: ['ce-source'] },
      },
      identity: [{ in: 'headers', path: ['ce-id'] }],
      validate: (value): value is { readonly n: number } => typeof value === 'object',
    };
    expect(await send(bare, { n: 1 })).toEqual({ n: 1 });
    const [published] = publisher.published;
    expect(published?.message.headers).toEqual({
      'ce-id': id,
      'ce-type': 'shop.counted',
      'ce-source': 'loyalty',
      'correlation-id': id,
    });
    expect(published?.message.identity).toBe(`shop.counted ["${id}"]`);
    expect(published?.message).not.toHaveProperty('key');
  });

  it('sends nothing that breaks its contract, and says where', async () => {
    const sending = send(pointsEarned, earned('e-1', -5));
    await expect(sending).rejects.toThrow('/data/pointsEarned should be 1 or more, found -5 (minimum)');
    await expect(sending).rejects.toMatchObject({
      name: 'ContractViolationError',
      contract: 'loyalty.points.earned 2.0',
      violations: [{ pointer: '/data/pointsEarned', rule: 'minimum', expected: '1 or more', found: '-5' }],
    });
    await expect(sending).rejects.toBeInstanceOf(ContractViolationError);
    expect(publisher.published).toEqual([]);
    expect(seen).toEqual([]);
  });

  it('tells of a message once its transaction is committed, and not when it is rolled back', async () => {
    const store = sqliteStore({ file: ':memory:' });
    send = createProducer('loyalty', outbox(store), { observe: (one) => seen.push(one) });
    await store
      .transaction(async (tx) => {
        await send(pointsEarned, earned('e-1', 1), { tx });
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(seen).toEqual([]);
    await store.transaction(async (tx) => {
      await send(pointsEarned, earned('e-1', 2), { tx });
      expect(seen).toEqual([]);
    });
    expect(seen).toMatchObject([{ kind: 'published', by: 'loyalty' }]);
    await store.close();
  });
});
