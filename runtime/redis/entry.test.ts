import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldsOf, readEntry } from './entry.ts';

const text = fc.string({ unit: 'binary', maxLength: 20 });
const body = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  text.map((it) => new TextEncoder().encode(`\ufeff${it}`)),
  fc.integer({ min: 16_380, max: 16_390 }).map((length) => new Uint8Array(length).fill(97)),
);

describe('an entry of a stream', () => {
  it('is the message that was sent, to the byte', () => {
    const message = fc.record(
      {
        id: text,
        name: text,
        version: text,
        channel: text,
        key: text,
        identity: text,
        headers: fc.dictionary(text, text),
        contentType: text,
        body,
      },
      { requiredKeys: ['id', 'channel', 'headers', 'contentType', 'body'] },
    );
    fc.assert(
      fc.property(message, (sent) => {
        // As the server has it: bytes, whatever was given to the client.
        const fields = fieldsOf(sent).map((it) => Buffer.from(it as string));
        expect(readEntry('s', [Buffer.from('1-0'), fields])).toEqual(sent);
      }),
    );
  });

  it('of somebody else needs a channel, and headers that are texts', () => {
    const entry = (...fields: string[]) =>
      readEntry('s', [Buffer.from('1-0'), fields.map((it) => Buffer.from(it))]);
    expect(entry('channel', 'c')).toMatchObject({
      id: 's/1-0',
      channel: 'c',
      headers: {},
      body: new Uint8Array(),
    });
    expect(entry('id', '1')).toBeUndefined();
    expect(entry('channel', 'c', 'headers', '{"a":1}')).toBeUndefined();
    expect(readEntry('s', [Buffer.from('1-0'), null])).toBeUndefined();
  });
});
