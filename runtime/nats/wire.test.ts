import { headers, type Msg } from '@nats-io/transport-node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publishInOrder } from '../partitions/publish-in-order.ts';
import type { WireMessage } from '../ports/message.ts';
import { deduplicationId, readMessage, writeHeaders } from './headers.ts';
import { receivedFrom } from './received.ts';
import { addressOn, jetStreamName, matches, patternOf, subjectOf, withoutOverlaps } from './subject.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1 });
const message = fc.record(
  {
    id: text,
    name: text,
    version: text,
    channel: fc.constant('shop.a'),
    key: text,
    identity: text,
    headers: fc.dictionary(
      fc.oneof(
        fc.string({ minLength: 1 }),
        fc.constantFrom('Nats-Msg-Id', 'nats-%41', 'a:b', 'Chirograph-Id', 'Content-Type'),
      ),
      fc.string({ unit: 'grapheme' }),
    ),
    contentType: fc.constant('application/json'),
    body: fc.uint8Array(),
  },
  { requiredKeys: ['id', 'channel', 'headers', 'contentType', 'body'] },
) as fc.Arbitrary<WireMessage>;

describe('messages in NATS headers', () => {
  it('come out as they went in', () => {
    fc.assert(
      fc.property(message, (sent) => {
        const written = writeHeaders(sent, headers());
        written.set('Nats-Msg-Id', deduplicationId({ ...sent, deduplicationId: 'row-1' }) ?? '');
        expect(readMessage({ headers: written, data: sent.body }, 'shop.a', 'place')).toEqual(sent);
      }),
    );
  });

  it('give the server no orders', () => {
    fc.assert(
      fc.property(message, (sent) => {
        expect(
          writeHeaders(sent, headers())
            .keys()
            .filter((name) => /^nats-/i.test(name)),
        ).toEqual([]);
      }),
    );
  });

  it('of foreign producers are taken as they are', () => {
    const foreign = headers();
    foreign.set('discount', '100%25');
    expect(readMessage({ headers: foreign, data: new Uint8Array() }, 'shop.a', 'shop/7')).toEqual({
      id: 'shop/7',
      channel: 'shop.a',
      headers: { discount: '100%25' },
      contentType: '',
      body: new Uint8Array(),
    });
    expect(readMessage({ data: new Uint8Array() }, 'shop.a', 'shop/8')).toMatchObject({
      id: 'shop/8',
      headers: {},
    });
  });
});

describe('subjects', () => {
  it.each([
    ['loyalty.points.earned', undefined, 'loyalty.points.earned'],
    ['loyalty/points/earned', 'staging', 'staging.loyalty.points.earned'],
    ['/a b/c*d/e>f/g=h/', undefined, 'a=20b.c=2Ad.e=3Ef.g=3Dh'],
  ])('%s under %s is %s', (channel, prefix, subject) => {
    expect(subjectOf(channel, prefix)).toBe(subject);
  });

  it.each([
    ['shop.>', 'shop.a', true],
    ['shop.>', 'shop.a.b', true],
    ['shop.>', 'shop', false],
    ['shop.*', 'shop.a', true],
    ['shop.*', 'shop.a.b', false],
    ['*.a', 'shop.a', true],
    ['shop.a', 'shop.a', true],
    ['shop.a', 'shop.b', false],
    ['shop.a.b', 'shop.a', false],
  ])('%s takes %s: %s', (pattern, subject, answer) => {
    expect(matches(pattern, subject)).toBe(answer);
  });

  it.each([
    ['orders.{region}.placed', undefined, 'orders.*.placed'],
    ['/orders/{id}/v{major}-{minor}', 'staging', 'staging.orders.*.*'],
    ['a*b/{c d}', undefined, 'a=2Ab.*'],
  ])('%s under %s are %s', (channel, prefix, pattern) => {
    expect(patternOf(channel, prefix)).toBe(pattern);
  });

  it('leads back to the address, and only to one of the form', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1 }).filter((it) => !/[./{}]/.test(it));
    fc.assert(
      fc.property(word, word, fc.constantFrom(undefined, 'staging'), (one, other, prefix) => {
        const address = `shop/${one}.${other}`;
        const subject = subjectOf(address, prefix);
        expect(addressOn('shop/{one}.{other}', prefix, subject)).toBe(address);
        expect(addressOn(address, prefix, subject)).toBe(address);
        expect(addressOn('shop/{one}', prefix, subject)).toBeUndefined();
      }),
    );
  });

  it('makes patterns that have nothing in common and leave nothing out', () => {
    const pattern = fc
      .array(fc.constantFrom('a', 'b', '*'), { minLength: 1, maxLength: 4 })
      .map((it) => it.join('.'));
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 8 }), (patterns) => {
        const apart = withoutOverlaps(patterns);
        const covers = (wide: string, narrow: string) => matches(wide, narrow.replaceAll('*', 'x'));
        for (const it of patterns) expect(apart.filter((other) => covers(other, it))).toHaveLength(1);
        for (const subject of ['a', 'b', 'a.b', 'b.a', 'a.a.b', 'b.a.b', 'a.b.a.b'])
          expect(apart.filter((it) => matches(it, subject)).length).toBeLessThan(2);
      }),
    );
  });

  it('keeps different consumer names different', () => {
    fc.assert(
      fc.property(text, text, (one, other) => one === other || jetStreamName(one) !== jetStreamName(other)),
    );
    expect(jetStreamName('tier.v2')).toMatch(/^[\w=-]+$/);
  });
});

describe('publishInOrder', () => {
  it('sends none of a key after one that failed, and all of the others', async () => {
    const sent: string[] = [];
    const of = (key: string | undefined, id: string): WireMessage => ({
      id,
      ...(key !== undefined && { key }),
      channel: 'c',
      headers: {},
      contentType: 'application/json',
      body: new Uint8Array(),
    });
    const publishing = publishInOrder(
      [of('a', 'a1'), of('a', 'a2'), of('b', 'b1'), of('a', 'a3'), of('b', 'b2'), of(undefined, 'free')],
      async ({ id }) => {
        await Promise.resolve();
        if (id === 'a2') return { kind: 'refused', error: new Error('too large') };
        sent.push(id);
        return { kind: 'acked' };
      },
    );
    const kinds = (await publishing).map(({ kind }) => kind);
    expect(kinds).toEqual(['acked', 'refused', 'acked', 'retry', 'acked', 'acked']);
    expect(sent.sort()).toEqual(['a1', 'b1', 'b2', 'free']);
  });
});

describe('a delivery', () => {
  it('can be answered when its connection is closed for good: then it comes again', () => {
    const message = {
      subject: 'shop.a',
      reply: '$JS.ACK.shop.group.1.7.3.1700000000000000000.0',
      data: new Uint8Array(),
      respond() {
        throw new Error('closed connection');
      },
    };
    const received = receivedFrom(message as unknown as Msg);
    expect(received).toMatchObject({ stream: 'shop', seq: 7, delivery: 3 });
    for (const answer of ['ack', 'nak', 'working', 'term'] as const)
      expect(() => received?.[answer]()).not.toThrow();
  });
});
