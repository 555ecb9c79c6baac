import { createServer, type Server } from 'node:net';

/** As the protocol writes an address: the host and the port after it. */
export function addressBytes(port: number): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.write('127.0.0.1');
  bytes.writeInt32BE(port, 9);
  return bytes;
}

export async function listening(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

export function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
