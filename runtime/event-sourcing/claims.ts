import { type Clock, systemClock } from '../ports/clock.ts';
import type { Transaction } from '../ports/store.ts';

/**
 * What one owner at a time can have: an e-mail address, the one open cart of a user. Each key is a stream of events, so that
 * of two who claim it at once the second meets the first, in whatever process.
 */
export interface Claims {
  ownerOf(tx: Transaction, key: string): Promise<string | undefined>;
  /** Answers who has it now: the owner, or the one who had it before. */
  claim(tx: Transaction, key: string, owner: string): Promise<string>;
  /** Has no effect when somebody else has it. */
  release(tx: Transaction, key: string, owner: string): Promise<void>;
}

interface ClaimEvent {
  readonly type: 'Claimed' | 'Released';
  readonly owner: string;
}

/** @param name names the claims in the store. The keys stay there: take a hash of what is personal. */
export function claims(name: string, { clock = systemClock }: { readonly clock?: Clock } = {}): Claims {
  async function ownerOf(tx: Transaction, key: string) {
    const stored = await tx.events.load<ClaimEvent>(`${name}/${key}`);
    const last = stored.at(-1)?.event;
    return { owner: last?.type === 'Claimed' ? last.owner : undefined, version: stored.length };
  }

  /** False when somebody else was first. */
  async function append(tx: Transaction, key: string, version: number, event: ClaimEvent): Promise<boolean> {
    const appended = await tx.events.append(`${name}/${key}`, version, [event], { at: clock.now() });
    return appended.kind === 'appended';
  }

  return {
    ownerOf: async (tx, key) => (await ownerOf(tx, key)).owner,
    async claim(tx, key, owner) {
      for (;;) {
        const { owner: now, version } = await ownerOf(tx, key);
        if (now !== undefined) return now;
        if (await append(tx, key, version, { type: 'Claimed', owner })) return owner;
      }
    },
    async release(tx, key, owner) {
      for (;;) {
        const { owner: now, version } = await ownerOf(tx, key);
        if (now !== owner || (await append(tx, key, version, { type: 'Released', owner }))) return;
      }
    },
  };
}
