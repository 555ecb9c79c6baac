import type { WireMessage } from '../ports/message.ts';
import type { Received } from './received.ts';

/** A message that this member has taken and not settled. */
export interface HeldMessage {
  readonly stream: string;
  readonly place: string;
  readonly message: WireMessage;
  /** As it came last: it is by this delivery that it is acknowledged. */
  received: Received;
}

/** All that a subscription holds; the server is told regularly that they are being worked on. */
export interface HeldMessages {
  /** `undefined` when it is held already: the server sent it again. */
  hold(received: Received, read: (place: string) => WireMessage): HeldMessage | undefined;
  release(held: HeldMessage): void;
  /** How many of a stream are held. */
  count(stream: string): number;
  /** How many of a stream have been held and are not any more. */
  released(stream: string): number;
  close(): void;
}

/** `ackWait`: milliseconds after which the server would give a message to someone else. */
export function heldMessages(ackWait: number): HeldMessages {
  const all = new Map<string, HeldMessage>();
  const counts = new Map<string, number>();
  const releases = new Map<string, number>();
  const signsOfLife = setInterval(() => {
    for (const { received } of all.values()) received.working();
  }, ackWait / 3);
  signsOfLife.unref();
  return {
    hold(received, read) {
      const { stream, seq } = received;
      const place = `${stream}/${seq}`;
      const known = all.get(place);
      if (known) {
        known.received = received;
        return undefined;
      }
      const held = { stream, place, received, message: read(place) };
      all.set(place, held);
      counts.set(stream, (counts.get(stream) ?? 0) + 1);
      return held;
    },
    release({ place, stream }) {
      if (!all.delete(place)) return;
      counts.set(stream, (counts.get(stream) ?? 0) - 1);
      releases.set(stream, (releases.get(stream) ?? 0) + 1);
    },
    released: (stream) => releases.get(stream) ?? 0,
    count: (stream) => counts.get(stream) ?? 0,
    close: () => clearInterval(signsOfLife),
  };
}
