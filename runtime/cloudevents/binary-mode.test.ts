import { CloudEvent, HTTP } from 'cloudevents';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MessageContract } from '../contract/index.ts';
import {
  acceptBinaryMode,
  binaryMode,
  createConsumer,
  createProducer,
  receive,
  toBinary,
  toStructured,
  type WireMessage,
} from '../index.ts';
import { testBus } from '../testing/index.ts';

const message = (event: object): WireMessage => ({
  id: '1',
  channel: 'c',
  headers: { traceparent: 't' },
  contentType: 'application/cloudevents+json',
  body: new TextEncoder().encode(JSON.stringify(event)),
});
const eventOf = ({ body }: WireMessage): unknown => JSON.parse(new TextDecoder().decode(body));

const events = fc.record(
  {
    specversion: fc.constant('1.0'),
    id: fc.string({ minLength: 1, unit: 'grapheme' }),
    source: fc.constantFrom('/shop', 'urn:shop', 'https://shop.example/a?b=c'),
    type: fc.string({ minLength: 1 }),
    subject: fc.string({ minLength: 1, unit: 'grapheme' }),
    data: fc.object({ key: fc.stringMatching(/^[a-z]{1,5}$/), withNullPrototype: false }),
  },
  { requiredKeys: ['specversion', 'id', 'source', 'type'] },
);

describe('binary mode', () => {
  it('leads back to the same event', () => {
    fc.assert(
      fc.property(events, (event) => {
        const json = JSON.parse(JSON.stringify(event));
        const there = toBinary(message(json));
        const back = toStructured(there);
        expect(eventOf(back)).toEqual(json);
        expect(back.headers).toEqual({ traceparent: 't' });
      }),
    );
  });

  it('is what the CloudEvents SDK reads, and reads what that writes', () => {
    fc.assert(
      fc.property(events, (event) => {
        const json = JSON.parse(JSON.stringify({ ...event, data: event.data ?? { a: 1 } }));
        const { headers, contentType, body } = toBinary(message(json));
        const read = HTTP.toEvent({
          headers: { ...headers, 'content-type': contentType },
          body: new TextDecoder().decode(body),
        }) as CloudEvent<unknown>;
        // The SDK leaves percent-encoding to the code that sets the headers.
        const decoded = (text: string | undefined) => text && decodeURIComponent(text);
        expect({
          ...read,
          id: decoded(read.id),
          type: decoded(read.type),
          subject: decoded(read.subject),
        }).toMatchObject({
          id: json.id,
          type: json.type,
          subject: json.subject,
          data: json.data,
        });

        const written = HTTP.binary(new CloudEvent({ ...json, id: 'x', type: 't', subject: 's' }));
        const { 'content-type': type, ...own } = written.headers as Record<string, string>;
        const back = toStructured({
          ...message({}),
          headers: own,
          contentType: String(type).replace(/;.*/, ''),
          body: new TextEncoder().encode(String(written.body)),
        });
        expect(eventOf(back)).toMatchObject({
          id: 'x',
          type: 't',
          subject: 's',
          source: json.source,
          data: json.data,
        });
      }),
    );
  });

  it('carries text and bytes', () => {
    const text = toBinary(
      message({ specversion: '1.0', id: '1', datacontenttype: 'text/plain', data: 'Grüße' }),
    );
    expect(new TextDecoder().decode(text.body)).toBe('Grüße');
    expect(eventOf(toStructured(text))).toMatchObject({ datacontenttype: 'text/plain', data: 'Grüße' });
    const bytes = toBinary(
      message({ specversion: '1.0', id: '1', datacontenttype: 'image/png', data_base64: '/wD+' }),
    );
    expect([...bytes.body]).toEqual([255, 0, 254]);
    expect(eventOf(toStructured(bytes))).toMatchObject({ datacontenttype: 'image/png', data_base64: '/wD+' });
  });

  it('leaves other messages alone', () => {
    const plain = { ...message({ a: 1 }), contentType: 'application/json' };
    expect(toBinary(plain)).toBe(plain);
    expect(toStructured(plain)).toBe(plain);
  });

  it('goes from a producer to a handler that knows only its contract', async () => {
    interface Placed {
      readonly specversion: string;
      readonly id: string;
      readonly type: string;
      readonly data: { readonly order: string };
    }
    const placed: MessageContract<Placed> = {
      name: 'placed',
      version: '1.0',
      kind: 'event',
      channel: 'placed',
      contentType: 'application/cloudevents+json',
      envelope: { id: { in: 'payload', path: ['id'] }, type: { in: 'payload', path: ['type'] } },
      constants: [{ in: 'payload', path: ['specversion'], value: '1.0' }],
      identity: [],
      validate: (value): value is Placed => typeof value === 'object' && value !== null && 'data' in value,
    };
    const bus = testBus();
    onTestFinished(() => bus.close());
    const seen: Placed[] = [];
    const consumer = createConsumer('c', acceptBinaryMode(bus), { store: bus.store, clock: bus.clock }, [
      receive(placed, (it) => void seen.push(it)),
    ]);
    await consumer.start();
    await createProducer('shop', binaryMode(bus), { newId: () => 'm-1' })(placed, { data: { order: 'o-1' } });
    await bus.settled();
    await consumer.stop();
    expect(bus.published[0]?.message).toMatchObject({
      contentType: 'application/json',
      headers: { 'ce-id': 'm-1', 'ce-type': 'placed', 'ce-specversion': '1.0' },
    });
    expect(seen).toEqual([{ specversion: '1.0', id: 'm-1', type: 'placed', data: { order: 'o-1' } }]);
  });
});
