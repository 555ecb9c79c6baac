import type { JsMsg } from '@nats-io/jetstream';
import type { WireMessage } from '../ports/message.ts';

/** A message that this member has taken and not settled. */
export interface HeldMessage {
  readonly place: string;
  readonly message: WireMessage;
  /** As it came last: it is by this delivery that it is acknowledged. */
  received: JsMsg;
}

/** All that a subscription holds; the server is told regularly that they are being worked on. */
export interface HeldMessages {
  /** `undefined` when it is held already: the server sent it again. */
  hold(place: string, received: JsMsg, read: () => WireMessage): HeldMessage | undefined;
  release(held: HeldMessage): void;
  close(): void;
}

/** `ackWait`: milliseconds after which the server would give a message to someone else. */
export function heldMessages(ackWait: number): HeldMessages {
  const all = new Map<string, HeldMessage>();
  const signsOfLife = setInterval(() => {
    for (const { received } of all.values()) received.working();
  }, ackWait / 3);
  signsOfLife.unref();
  return {
    hold(place, received, read) {
      const known = all.get(place);
      if (known) {
        known.received = received;
        return undefined;
      }
      const held = { place, received, message: read() };
      all.set(place, held);
      return held;
    },
    release: ({ place }) => void all.delete(place),
    close: () => clearInterval(signsOfLife),
  };
}
