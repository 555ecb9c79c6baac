import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliveryGate } from './delivery-gate.ts';
import type { Received } from './received.ts';

/** A server that has a group's messages under way, and a member that loses some deliveries and acknowledges what is passed on. */
function member(count: number, lost: ReadonlySet<number>, ackEvery: number) {
  const open = new Set<number>();
  const held = new Map<number, Item>();
  const passed: number[] = [];
  let released = 0;
  let delivery = 0;
  interface Item {
    readonly seq: number;
  }
  const gate = deliveryGate<Item>({
    held: () => held.size,
    released: () => released,
    open: async () => open.size,
    sequenceOf: ({ seq }) => seq,
    pass(item) {
      passed.push(item.seq);
      if (passed.length % ackEvery !== 0) return;
      for (const seq of [...held.keys()].filter((it) => passed.includes(it))) {
        held.delete(seq);
        open.delete(seq);
        released += 1;
      }
    },
    onFault: (error) => expect.unreachable(String(error)),
  });
  const deliver = (seq: number, isLost: boolean): void => {
    delivery += 1;
    open.add(seq);
    if (isLost) return;
    const item = held.has(seq) ? undefined : { seq };
    if (item) held.set(seq, item);
    gate.arrived({ delivery } as Received, item);
  };
  gate.restart({ delivered: 0, open: 0 });
  return {
    gate,
    passed,
    deliverAll() {
      for (let seq = 1; seq <= count; seq += 1) deliver(seq, lost.has(seq));
    },
    /** As the server does after a while. */
    redeliver() {
      for (const seq of [...open].sort((a, b) => a - b)) if (!held.has(seq)) deliver(seq, false);
    },
  };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('deliveryGate', () => {
  it('passes on in the order of the stream, whatever deliveries are lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 29 })),
        fc.integer({ min: 1, max: 5 }),
        async (count, lost, ackEvery) => {
          // What is lost at the very end is told by nothing that follows: it comes again in its order all the same.
          const { gate, passed, deliverAll, redeliver } = member(count, new Set(lost), ackEvery);
          deliverAll();
          await turn();
          expect(passed).toEqual([...passed].sort((a, b) => a - b));
          redeliver();
          while (passed.length < count) await turn();
          expect(passed).toEqual(Array.from({ length: count }, (_, index) => index + 1));
          gate.close();
        },
      ),
      { numRuns: 30 },
    );
  });

  it('waits for what another member had under way', async () => {
    const passed: number[] = [];
    const open = new Set([1, 2]);
    let held = 0;
    const gate = deliveryGate<number>({
      held: () => held,
      released: () => 0,
      open: async () => open.size,
      sequenceOf: (seq) => seq,
      pass: (seq) => void passed.push(seq),
      onFault: () => undefined,
    });
    gate.restart({ delivered: 2, open: 2 });
    const arrive = (seq: number, delivery: number): void => {
      held += 1;
      open.add(seq);
      gate.arrived({ delivery } as Received, seq);
    };
    arrive(3, 3);
    arrive(2, 4);
    await turn();
    expect(passed).toEqual([]);
    arrive(1, 5);
    while (passed.length < 3) await turn();
    expect(passed).toEqual([1, 2, 3]);
  });

  it('gives back what it holds back when closed', () => {
    const gate = deliveryGate<number>({
      held: () => 1,
      released: () => 0,
      open: async () => 2,
      sequenceOf: (seq) => seq,
      pass: () => expect.unreachable(),
      onFault: () => undefined,
    });
    gate.restart({ delivered: 0, open: 2 });
    gate.arrived({ delivery: 1 } as Received, 7);
    expect(gate.close()).toEqual([7]);
  });
});
