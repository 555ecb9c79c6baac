import { createServer, connect as open, type Socket } from 'node:net';

/** A TCP link to a server that a test can cut at a moment of its choice. */
export interface CuttableLink {
  /** As the server's, by way of the link. */
  readonly url: string;
  /** Once the client has sent these bytes, they are passed on and nothing comes back: the connection is ended. */
  cutAfter(text: string): void;
  /** Whether the client has not sent them yet. */
  isArmed(): boolean;
  close(): Promise<void>;
}

export async function cuttableLink(url: string): Promise<CuttableLink> {
  const { hostname, port } = new globalThis.URL(url);
  let trigger: string | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = open(Number(port || 5432), hostname);
    let cut = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.end();
      });
    }
    client.on('data', (data) => {
      const isCut = trigger !== undefined && data.includes(trigger);
      if (isCut) {
        trigger = undefined;
        cut = true;
        upstream.write(data, () => client.destroy());
      } else upstream.write(data);
    });
    upstream.on('data', (data) => void (cut || client.write(data)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const own = new globalThis.URL(url);
  own.hostname = '127.0.0.1';
  own.port = String(typeof address === 'object' ? address?.port : '');
  return {
    url: own.href,
    cutAfter(text) {
      trigger = text;
    },
    isArmed: () => trigger !== undefined,
    async close() {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((done) => server.close(done));
    },
  };
}
