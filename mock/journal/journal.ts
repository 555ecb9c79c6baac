import type { Happening, Received, Sent } from './happening.ts';

/** What happened so far: all of it counted, the latest of it kept. */
export interface Journal {
  readonly received: readonly Received[];
  readonly sent: readonly Sent[];
  readonly counts: Readonly<Counts>;
  add(happening: Happening): void;
  /** Forgets what was received; what was counted stays counted. */
  clearReceived(): void;
}

export interface Counts {
  received: number;
  sent: number;
  /** Messages received that break their contract or are none of the service's. */
  violating: number;
  trouble: number;
}

/** So many of each kind are kept. */
const KEPT = 10_000;

/** @param listener told of each happening as it comes */
export function journal(listener: (happening: Happening) => void = () => {}): Journal {
  const received: Received[] = [];
  const sent: Sent[] = [];
  const counts: Counts = { received: 0, sent: 0, violating: 0, trouble: 0 };
  const keep = <T>(list: T[], item: T): void => {
    list.push(item);
    if (list.length > KEPT) list.shift();
  };
  return {
    received,
    sent,
    counts,
    add(happening) {
      counts[happening.kind] += 1;
      if (happening.kind === 'received') {
        keep(received, happening);
        if (happening.verdict !== 'valid') counts.violating += 1;
      }
      if (happening.kind === 'sent') keep(sent, happening);
      listener(happening);
    },
    clearReceived() {
      received.length = 0;
    },
  };
}
