import type { Connection } from './connect.ts';
import { askedFor } from './ensure-consumer.ts';
import type { Received } from './received.ts';
import { addressOn } from './subject.ts';

/** Whose a message is that this member did not ask for. */
export interface GroupChannels {
  /** Whether another member of the group has asked for it; `false` when nobody ever has, and so the group may forget it. */
  isAskedFor(received: Received): Promise<boolean>;
}

/**
 * A member that joins with further channels says so before any message for them can be missed, so what was read of the group holds for all
 * messages that were in the stream by then; for later ones it is read anew.
 */
export function groupChannels(
  { manager }: Pick<Connection, 'manager'>,
  stream: string,
  durable: string,
  prefix: string | undefined,
): GroupChannels {
  let asked: readonly string[] = [];
  let holdsUpTo = 0;
  return {
    async isAskedFor({ subject, seq }) {
      const isAsked = (): boolean =>
        asked.some((channel) => addressOn(channel, prefix, subject) !== undefined);
      if (seq > holdsUpTo && !isAsked()) {
        const info = await manager.consumers.info(stream, durable);
        asked = askedFor(info);
        holdsUpTo = Math.max(seq, info.delivered.stream_seq + info.num_pending);
      }
      return isAsked();
    },
  };
}
