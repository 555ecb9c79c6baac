import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDone, MAX_NOTE, noteSize, readNote, writeNote } from './group-note.ts';

describe('the note beside an offset', () => {
  it('tells what was written, in as much room as Kafka has', () => {
    const channels = fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 20 });
    const runs = fc.array(fc.nat(1_000_000_000), { maxLength: 800 });
    fc.assert(
      fc.property(channels, runs, (asked, done) => {
        fc.pre(noteSize(asked) <= MAX_NOTE);
        const text = writeNote({ channels: asked, runs: done });
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_NOTE);
        const note = readNote(text);
        expect(note.channels).toEqual(asked);
        expect(note.runs).toEqual(done.slice(0, note.runs.length));
        if (done.length < 100) expect(note.runs.length).toBe(done.length);
      }),
    );
  });

  it('has room for hundreds of channels', () => {
    const channels = Array.from(
      { length: 300 },
      (_, n) => `commerce.orders.order-${n}.status-changed.v${n % 3}`,
    );
    expect(noteSize(channels)).toBeLessThan(MAX_NOTE);
    expect(readNote(writeNote({ channels, runs: [1, 2] }))).toEqual({ channels, runs: [1, 2] });
  });

  it('is empty for the commits of others', () => {
    for (const text of [null, undefined, '', 'some words', '2|x|y', '1|zzz|'])
      expect(readNote(text).channels).toEqual([]);
  });

  it('knows what is done from what is not', () => {
    // Not done: 0 and 1; done: 2 to 4; not done: 5; done: 6.
    const done = Array.from({ length: 9 }, (_, distance) => isDone([2, 3, 1, 1], distance));
    expect(done).toEqual([false, false, true, true, true, false, true, false, false]);
  });
});
