import type { Received } from './received.ts';

/**
 * Sees to it that messages are passed on in the order of the stream although many are under way: the server sends again what was not
 * acknowledged in time only after it has sent later ones. It numbers its deliveries without gaps, so a gap says that something was
 * delivered to a member that is gone, or over a connection that has broken. Then nothing is passed on until all that
 * the server has open for the group is in our hands.
 */
export interface DeliveryGate<Item> {
  /** To be called before deliveries are asked for (anew), with what the server says of the group. */
  restart(state: GateState): void;
  /** To be called with each delivery; `item` is absent for one that is held already. */
  arrived(received: Received, item: Item | undefined): void;
  /** Passes nothing more on. Answers with what was held back. */
  close(): readonly Item[];
}

export interface DeliveryGateOptions<Item> {
  /** How many messages are in our hands, held back ones included. */
  held(): number;
  /** How many have left our hands so far. */
  released(): number;
  /** Asks the server how much it has open for the group. */
  open(): Promise<number>;
  sequenceOf(item: Item): number;
  pass(item: Item): void;
  onFault(error: unknown): void;
}

export interface GateState {
  /** The number of the last delivery. */
  readonly delivered: number;
  /** How many are delivered and not acknowledged. */
  readonly open: number;
}

/** Milliseconds between two looks. */
const FIRST_LOOK = 10;
const LONGEST_LOOK = 250;

export function deliveryGate<Item>(options: DeliveryGateOptions<Item>): DeliveryGate<Item> {
  const { held, released, open, sequenceOf, pass, onFault } = options;
  let last = 0;
  let back: Item[] | undefined;
  let closed = false;

  function shut(): void {
    back ??= [];
    void waitForAll();
  }

  let waiting = false;
  async function waitForAll(): Promise<void> {
    if (waiting) return;
    waiting = true;
    for (let pause = FIRST_LOOK; !closed; pause = Math.min(pause * 2, LONGEST_LOOK)) {
      try {
        // Only what was in our hands before we asked, and still is, counts: what came or went meanwhile may stand in for what is missing.
        const [before, gone] = [held(), released()];
        if ((await open()) <= before - (released() - gone)) break;
      } catch (error) {
        if (!closed) onFault(error);
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    waiting = false;
    if (closed) return;
    const all = back ?? [];
    back = undefined;
    for (const item of all.sort((one, other) => sequenceOf(one) - sequenceOf(other))) pass(item);
  }

  return {
    restart(state) {
      last = state.delivered;
      if (state.open > held()) shut();
    },
    arrived({ delivery }, item) {
      const isNext = delivery === last + 1;
      last = Math.max(last, delivery);
      if (closed) return;
      if (!isNext && !back) shut();
      if (item === undefined) return;
      if (back) back.push(item);
      else pass(item);
    },
    close() {
      closed = true;
      const left = back ?? [];
      back = undefined;
      return left;
    },
  };
}
