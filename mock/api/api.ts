import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Workspace } from '@chirograph/contract/model';
import type { Mocks } from '../service/mocks.ts';
import { type ApiResponse, failed, respond } from './routes.ts';

/** The HTTP API of running mocks, for this machine alone. */
export interface Api {
  readonly url: string;
  /** Resolves when the last request is answered. */
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** Nobody describes one message with more bytes than this. */
const LARGEST = 1_000_000;

/** Rejects with the system's error when the port is taken. @param port 0 for any that is free */
export async function mockApi(mocks: Mocks, workspace: Workspace, port: number): Promise<Api> {
  const server = createServer((request, response) => {
    void answer(mocks, workspace, request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
      response.end(`${JSON.stringify(body, null, 2)}\n`);
    });
  });
  await listen(server, port);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://${LOOPBACK}:${address.port}`,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen(port, LOOPBACK, listening);
  });
}

async function answer(mocks: Mocks, workspace: Workspace, request: IncomingMessage): Promise<ApiResponse> {
  // A page in a browser may send requests here, by a name of its own that leads to this machine; it is not meant.
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (host !== LOOPBACK && host !== 'localhost')
    return failed(403, `this API answers to ${LOOPBACK}, not to ${host}`);
  if (request.headers.origin !== undefined) return failed(403, 'this API is not for pages in a browser');
  try {
    const text = await textOf(request);
    const { pathname, searchParams } = new URL(request.url ?? '/', `http://${LOOPBACK}`);
    const body: unknown = text.trim() === '' ? undefined : JSON.parse(text);
    return await respond(mocks, workspace, {
      method: request.method ?? 'GET',
      path: pathname,
      query: Object.fromEntries(searchParams),
      body,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof SyntaxError) return failed(400, `the body is not JSON: ${reason}`);
    if (error instanceof URIError) return failed(400, `${request.url} is not a path`);
    return error instanceof RangeError ? failed(413, reason) : failed(500, reason);
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST) throw new RangeError(`the body has more than ${LARGEST} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
