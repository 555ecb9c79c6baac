import { load, memoryReader } from '@chirograph/contract/load';
import { expect, it } from 'vitest';
import { impactText } from '../../cli/report/compat-words.ts';
import {
  type Files,
  full,
  number,
  object,
  placed,
  receiving,
  sending,
  text,
  version3,
} from '../estates/documents.ts';
import { compare, judge } from '../index.ts';

function told(base: Files, head: Files): string[] {
  const [before, after] = [base, head].map(
    (files) =>
      load(
        memoryReader(
          Object.fromEntries(Object.entries(files).map(([file, it]) => [file, JSON.stringify(it)])),
        ),
      ).workspace,
  );
  if (!before || !after) throw new Error('unreachable');
  const findings = judge(
    { base: before, head: after, changes: compare(before, after) },
    { today: '2026-01-01' },
  );
  return findings.filter(({ verdict }) => verdict !== 'safe').map((it) => impactText(it));
}

const read = object({ id: text, total: number }, ['id', 'total']);
const demanding = object({ id: text, total: number, note: text }, ['id', 'total', 'note']);
const reader = { base: receiving(placed(read)), head: receiving(placed(demanding)) };

it('a reader that asks for more breaks its senders, whose contracts are their own', () => {
  const sender = { 'a/orders.yaml': sending(placed(full)) };
  expect(
    told({ ...sender, 'b/billing.yaml': reader.base }, { ...sender, 'b/billing.yaml': reader.head }),
  ).toEqual(['breaks its senders and messages in flight']);
});

it('and its senders too where none of them is known', () => {
  expect(told({ 'b/billing.yaml': reader.base }, { 'b/billing.yaml': reader.head })).toEqual([
    'breaks its senders and messages in flight',
  ]);
});

it('a sender that has the same contract is upgraded with it', () => {
  const both = (payload: unknown) => ({
    'a/orders.yaml': version3([{ do: 'send', messages: placed(payload) }]),
    'b/billing.yaml': version3([{ do: 'receive', ref: '../a/orders.yaml#/channels/c0' }]),
  });
  expect(told(both(read), both(demanding))).toEqual([
    'breaks producers not yet upgraded and messages in flight',
  ]);
});

it('a sender that promises less breaks its consumers', () => {
  const base = { 'a/orders.yaml': sending(placed(read)), 'b/billing.yaml': reader.base };
  const head = { ...base, 'a/orders.yaml': sending(placed(object({ id: text, total: number }, ['id']))) };
  expect(told(base, head)).toEqual(['breaks its consumers']);
});
