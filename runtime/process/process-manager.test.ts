import { beforeEach, describe, expect, it } from 'vitest';
import type { Observation } from '../telemetry/observation.ts';
import { type TestBus, testBus } from '../testing/index.ts';
import { type Deadlines, deadlines } from './deadlines.ts';
import { type ProcessManager, processManager } from './process-manager.ts';

type Event = { readonly type: 'ordered' | 'paid' | 'looked-at'; readonly order?: string };
type Command = { readonly type: 'remind' | 'ship' | 'cancel'; readonly order: string };
interface State {
  readonly order: string;
  readonly reminders: number;
}

const HOUR = 3_600_000;
const cause = { id: 'e-1', correlationId: 'c-1' };
let bus: TestBus;
let payment: ProcessManager<Event>;
let watch: Deadlines;
let seen: Observation[];
let failures: number;

/** An order must be paid within an hour, is reminded of once, and then cancelled. */
beforeEach(() => {
  bus = testBus();
  seen = [];
  failures = 0;
  payment = processManager<State, Event, Command>({
    name: 'payment',
    clock: bus.clock,
    correlate: (event) => event.order,
    initialState: () => ({ order: '', reminders: 0 }),
    startedBy: ({ type }) => type === 'ordered',
    react(state, { type, order = '' }) {
      return type === 'paid'
        ? { state, commands: [{ type: 'ship', order }], ended: true }
        : { state: { ...state, order }, commands: [], deadline: HOUR };
    },
    onDeadline: ({ order, reminders }) =>
      reminders === 0
        ? { state: { order, reminders: 1 }, commands: [{ type: 'remind', order }], deadline: HOUR }
        : { state: { order, reminders }, commands: [{ type: 'cancel', order }], ended: true },
    async dispatch(command, { tx, causedBy }) {
      if (failures-- > 0) throw new Error('no mail');
      const done = tx.documents<string[]>('done');
      const before = (await done.get('all')) ?? [];
      await done.put('all', [...before, `${command.type} ${command.order} ${causedBy.correlationId}`]);
    },
  });
  watch = deadlines(bus.store, payment, { clock: bus.clock, observe: (one) => seen.push(one), poll: 60_000 });
  watch.start();
  return async () => {
    await watch.stop();
    await bus.close();
  };
});

const tell = (event: Event) => bus.store.transaction((tx) => payment.handle(event, { tx, causedBy: cause }));
const done = () => bus.store.transaction((tx) => tx.documents<string[]>('done').get('all'));
async function pass(milliseconds: number): Promise<void> {
  await bus.settled();
  await bus.clock.advance(milliseconds);
  await bus.settled();
}

describe('a process manager', () => {
  it('leaves events that belong to no process alone', async () => {
    await tell({ type: 'looked-at' });
    await pass(HOUR);
    expect(await done()).toBeUndefined();
  });

  it('reacts to events, keeps state between them, and ends', async () => {
    await tell({ type: 'ordered', order: 'o-1' });
    await tell({ type: 'paid', order: 'o-1' });
    await pass(10 * HOUR);
    expect(await done()).toEqual(['ship o-1 c-1']);
    expect(await bus.store.transaction((tx) => tx.documents('process/payment').list())).toEqual([]);
  });

  it('is not begun by an event that comes after its end, or before its beginning', async () => {
    await tell({ type: 'paid', order: 'o-1' });
    await tell({ type: 'ordered', order: 'o-1' });
    await tell({ type: 'paid', order: 'o-1' });
    await tell({ type: 'paid', order: 'o-1' });
    await pass(10 * HOUR);
    expect(await done()).toEqual(['ship o-1 c-1']);
    expect(await bus.store.transaction((tx) => tx.documents('process/payment').list())).toEqual([]);
  });

  it('reacts to its deadlines, each once, with the cause of the last event', async () => {
    await tell({ type: 'ordered', order: 'o-1' });
    await pass(HOUR - 1);
    expect(await done()).toBeUndefined();
    await pass(1);
    expect(await done()).toEqual(['remind o-1 c-1']);
    await pass(HOUR);
    expect(await done()).toEqual(['remind o-1 c-1', 'cancel o-1 c-1']);
    await pass(10 * HOUR);
    expect(await done()).toHaveLength(2);
  });

  it('tries a deadline that fails again, and writes nothing of the failed try', async () => {
    await tell({ type: 'ordered', order: 'o-1' });
    failures = 1;
    await pass(HOUR);
    expect(await done()).toBeUndefined();
    expect(seen.map((one) => one.kind)).toEqual(['deadline-failed']);
    await pass(1_000);
    expect(await done()).toEqual(['remind o-1 c-1']);
  });

  it('changes neither state nor deadline when a command fails', async () => {
    await tell({ type: 'ordered', order: 'o-1' });
    const dueAt = await bus.store.transaction((tx) => tx.timers.nextDueAt('payment'));
    failures = 1;
    await expect(tell({ type: 'paid', order: 'o-1' })).rejects.toThrow('no mail');
    expect(await bus.store.transaction((tx) => tx.timers.nextDueAt('payment'))).toBe(dueAt);
  });
});
