import { connect as open, type Socket } from 'node:net';
import { addressBytes, listening, portOf } from './local-server.ts';

/**
 * A way to the servers of a cluster that a test can cut, or make fall silent. The servers tell clients where the others are: those addresses
 * are replaced by the link's own in what they answer.
 */
export interface KafkaLink {
  readonly brokers: readonly string[];
  /** From now on nothing passes on the connections that are open; nobody is told. New ones work. */
  silence(): void;
  /** Ends all connections, and takes no more. */
  close(): Promise<void>;
}

export async function kafkaLink(brokers: readonly string[], delay = 0): Promise<KafkaLink> {
  const pairs = new Set<{ readonly sockets: readonly Socket[]; silent: boolean }>();
  const servers = await Promise.all(brokers.map(() => listening()));
  const ports = servers.map(portOf);
  const replacements = brokers.map((broker, index) => ({
    from: addressBytes(Number(broker.split(':')[1])),
    to: addressBytes(ports[index] ?? 0),
  }));
  const translate = (data: Buffer): Buffer => {
    for (const { from, to } of replacements)
      for (let at = data.indexOf(from); at >= 0; at = data.indexOf(from, at + 1)) to.copy(data, at);
    return data;
  };
  for (const [index, server] of servers.entries())
    server.on('connection', (client) => {
      const upstream = open(Number(brokers[index]?.split(':')[1]), '127.0.0.1');
      const pair = { sockets: [client, upstream], silent: false };
      pairs.add(pair);
      const pass = (from: Socket, to: Socket, change: (data: Buffer) => Buffer): void => {
        from.on('data', (data) => {
          if (pair.silent) return;
          const changed = change(data);
          if (delay === 0) to.write(changed);
          else setTimeout(() => void (pair.silent || to.destroyed || to.write(changed)), delay);
        });
        from.on('error', () => undefined);
        from.on('close', () => {
          if (!pair.silent) to.destroy();
        });
      };
      pass(client, upstream, (data) => data);
      pass(upstream, client, translate);
    });
  return {
    brokers: ports.map((port) => `127.0.0.1:${port}`),
    silence() {
      for (const pair of pairs) pair.silent = true;
    },
    async close() {
      for (const { sockets } of pairs) for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    },
  };
}
