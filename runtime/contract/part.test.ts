import { describe, expect, it } from 'vitest';
import { identityOf } from './identity-of.ts';
import { type Part, readPart, readText, writePayload } from './part.ts';

const message = { payload: { a: { b: [1, { c: 'deep' }] }, n: 5, none: null }, headers: { 'ce-id': 'h' } };
const at = (...path: string[]): Part => ({ in: 'payload', path });

describe('parts of a message', () => {
  it('are read from payload and headers', () => {
    expect(readPart(at('a', 'b', '1', 'c'), message)).toBe('deep');
    expect(readPart(at(), message)).toBe(message.payload);
    expect(readPart({ in: 'headers', path: ['ce-id'] }, message)).toBe('h');
    expect(readPart(at('none'), message)).toBeNull();
    expect(readPart(at('none', 'deeper'), message)).toBeUndefined();
    expect(readPart(at('a', 'toString'), message)).toBeUndefined();
  });

  it('are text when they name something', () => {
    expect(readText(at('n'), message)).toBe('5');
    expect(readText(at('a'), message)).toBeUndefined();
    expect(readText(undefined, message)).toBeUndefined();
  });

  it('are written into a copy that shares the rest', () => {
    const before = { kept: {}, meta: { old: 1 } };
    const after = writePayload(before, ['meta', 'id'], 'x');
    expect(after).toEqual({ kept: {}, meta: { old: 1, id: 'x' } });
    expect(before).toEqual({ kept: {}, meta: { old: 1 } });
    expect((after as typeof before).kept).toBe(before.kept);
    expect(writePayload(undefined, ['a', 'b'], 1)).toEqual({ a: { b: 1 } });
  });
});

describe('identity', () => {
  const debited = { name: 'wallet.debited', identity: [at('request'), at('coin')] };
  const of = (payload: object) => identityOf(debited, { payload, headers: {} });

  it('takes all its parts, for one request may lead to several messages', () => {
    expect(of({ request: 'r', coin: 'gold' })).not.toBe(of({ request: 'r', coin: 'silver' }));
    expect(of({ request: 'r', coin: 'gold' })).toBe(of({ coin: 'gold', request: 'r', more: 1 }));
    expect(of({ request: 1, coin: 'gold' })).not.toBe(of({ request: '1', coin: 'gold' }));
  });

  it('is none when a part is missing or none is stated', () => {
    expect(of({ request: 'r' })).toBeUndefined();
    expect(identityOf({ name: 'n', identity: [] }, message)).toBeUndefined();
  });
});
