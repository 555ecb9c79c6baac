import type { HeldLease, Leases } from '../ports/leases.ts';
import type { Client } from './connection.ts';
import { ACQUIRE, HELD, RELEASE, run } from './scripts.ts';

/** Leases in a hash of a Redis server, by the server's clock. `client` throws while there is no connection. */
export function redisLeases(client: () => Client, key: string): Leases {
  return {
    async acquire({ name, holder, ttl }) {
      const token = await run<number | null>(client(), ACQUIRE, [key], [name, holder, ttl]);
      return token ?? undefined;
    },
    async release(name, token) {
      await run(client(), RELEASE, [key], [name, token]);
    },
    async held(prefix) {
      const found = await run<readonly (readonly [Buffer, Buffer, number, number])[]>(
        client(),
        HELD,
        [key],
        [prefix],
      );
      return found
        .map(
          ([name, holder, token, remaining]): HeldLease => ({
            name: String(name),
            holder: String(holder),
            token,
            remaining,
          }),
        )
        .sort((one, other) => (one.name < other.name ? -1 : 1));
    },
  };
}
