import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireMessage } from '../ports/message.ts';
import { sizeOf } from '../ports/size-of.ts';
import { overheadOf, readRecord, recordOf } from './record.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const origin = { topic: 't', partition: 0, offset: 7n, channel: 'shop.a' };

const anyMessage: fc.Arbitrary<WireMessage> = fc
  .record(
    {
      id: text,
      channel: text,
      contentType: text,
      headers: fc.dictionary(fc.oneof(text, fc.constantFrom('chirograph', 'content-type', '%', '%x')), text),
      body: fc.uint8Array({ maxLength: 50 }),
      name: text,
      version: text,
      key: text,
      identity: text,
    },
    { requiredKeys: ['id', 'channel', 'contentType', 'headers', 'body'] },
  )
  .map((it) => ({ ...it, headers: { ...it.headers } }));

/** As the client hands records back. */
function read(message: WireMessage): WireMessage {
  const { key = null, value, headers } = recordOf(message, 't', 0);
  return readRecord({ key, value, headers: [...(headers ?? [])] }, origin);
}

describe('a message as a record', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        expect(read(message)).toEqual(message);
      }),
    );
  });

  it('has no more beside its body and headers than is counted on', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const { key, value, headers } = recordOf(message, 't', 0);
        let size = value.length + (key?.length ?? 0);
        // Each length is a varint of at most five bytes.
        for (const [name, bytes] of headers ?? []) size += name.length + bytes.length;
        expect(size).toBeLessThanOrEqual(sizeOf(message) + overheadOf(message));
      }),
    );
  });

  it("is its place and the topic's channel where somebody else's says neither", () => {
    const foreign = { key: null, value: null, headers: [[Buffer.from('a'), null]] as [Buffer, null][] };
    expect(readRecord(foreign, origin)).toEqual({
      id: 't/0/7',
      channel: 'shop.a',
      headers: { a: '' },
      contentType: '',
      body: new Uint8Array(),
    });
  });
});
