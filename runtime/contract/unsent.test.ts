import { describe, expectTypeOf, it } from 'vitest';
import type { Unsent, UnsentOneOf } from './unsent.ts';

interface Paid {
  readonly id: string;
  readonly kind: 'paid';
  readonly amount: number;
  readonly note?: string;
  readonly meta: { readonly source: string; readonly request: string; readonly 'a/b'?: number };
  readonly trace: { readonly version: string; readonly flags?: number };
}

describe('Unsent', () => {
  it('lets what is filled be left out, however deep, and keeps the rest', () => {
    type New = Unsent<Paid, '/id' | '/meta/source'>;
    expectTypeOf<{
      kind: 'paid';
      amount: 1;
      meta: { request: 'r' };
      trace: { version: '1' };
    }>().toExtend<New>();
    expectTypeOf<{ id: 'x'; kind: 'paid'; amount: 1; trace: { version: '1' } }>().not.toExtend<New>();
    expectTypeOf<New['id']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<New['note']>().toEqualTypeOf<string | undefined>();
  });

  it('lets an object be left out of which nothing remains to be said', () => {
    type New = Unsent<Paid, '/meta/source' | '/meta/request' | '/trace/version'>;
    expectTypeOf<{ id: 'x'; kind: 'paid'; amount: 1 }>().toExtend<New>();
    expectTypeOf<{ id: 'x'; kind: 'paid'; amount: 1; trace: { flags: 'x' } }>().not.toExtend<New>();
  });

  it('keeps the branches of a union apart', () => {
    type Refunded = { readonly id: string; readonly kind: 'refunded'; readonly reason: string };
    type New = UnsentOneOf<Paid | Refunded, '/id'>;
    expectTypeOf<{ kind: 'refunded'; reason: 'r' }>().toExtend<New>();
    expectTypeOf<{ kind: 'refunded'; amount: 1 }>().not.toExtend<New>();
  });

  it('reads pointers as RFC 6901 writes them', () => {
    type New = Unsent<
      { readonly 'a/b': string; readonly 'c~d': { readonly e: string } },
      '/a~1b' | '/c~0d/e'
    >;
    expectTypeOf<Record<never, never>>().toExtend<New>();
  });

  it('leaves open objects open', () => {
    type New = Unsent<{ readonly id: string; readonly [key: string]: unknown }, '/id'>;
    expectTypeOf<{ other: 1 }>().toExtend<New>();
  });
});
