import { createServer, connect as open, type Socket } from 'node:net';

/** A TCP link to a server that can be slow, or fall silent without a word. */
export interface Link {
  /** As the server's, by way of the link. */
  readonly url: string;
  /** From now on nothing passes on the connections that are open; nobody is told. New ones work. */
  silence(): void;
  close(): Promise<void>;
}

export async function slowLink(url: string, delay = 0): Promise<Link> {
  const target = new URL(url);
  const pairs = new Set<{ readonly sockets: readonly Socket[]; silent: boolean }>();
  const server = createServer((client) => {
    const upstream = open(Number(target.port), target.hostname);
    const pair = { sockets: [client, upstream], silent: false };
    pairs.add(pair);
    const pass = (from: Socket, to: Socket): void => {
      from.on('data', (data) => {
        if (pair.silent) return;
        if (delay === 0) to.write(data);
        else setTimeout(() => void (pair.silent || to.destroyed || to.write(data)), delay);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        if (!pair.silent) to.destroy();
      });
    };
    pass(client, upstream);
    pass(upstream, client);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const own = new URL(url);
  own.port = String(typeof address === 'object' ? address?.port : '');
  return {
    // Without the slash that URL adds.
    url: own.href.replace(/\/$/, ''),
    silence() {
      for (const pair of pairs) pair.silent = true;
    },
    async close() {
      for (const { sockets } of pairs) for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
