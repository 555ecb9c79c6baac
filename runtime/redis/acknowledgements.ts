import type { Connection } from './connection.ts';

/** What a group has done, on its way to the server: many in one command, and again after a connection was lost. */
export interface Acknowledgements {
  add(stream: string, id: string): void;
  /** Sends what waits. */
  flush(): void;
  /** Resolves when all has been answered, or when the connection is lost: then the messages come again, which is no worse than a crash. */
  flushed(): Promise<void>;
}

export function acknowledgements(connection: Connection, group: string): Acknowledgements {
  let waiting = new Map<string, string[]>();
  let last = Promise.resolve();
  let soon = false;

  function flush(): void {
    soon = false;
    const client = connection.current();
    if (!client || waiting.size === 0) return;
    const lot = waiting;
    waiting = new Map();
    const sent = [...lot].map(([stream, ids]) =>
      client.call(['XACK', stream, group, ...ids]).then(
        () => undefined,
        () => {
          // With the next connection: an entry that stays pending is never trimmed.
          for (const id of ids) keep(stream, id);
        },
      ),
    );
    last = Promise.all([last, ...sent]).then(() => undefined);
  }

  function keep(stream: string, id: string): void {
    const ids = waiting.get(stream);
    if (ids) ids.push(id);
    else waiting.set(stream, [id]);
  }

  return {
    add(stream, id) {
      keep(stream, id);
      if (soon) return;
      soon = true;
      queueMicrotask(flush);
    },
    flush,
    async flushed() {
      flush();
      await last;
    },
  };
}
