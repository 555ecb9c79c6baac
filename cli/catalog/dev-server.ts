import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CommandError } from '../exit.ts';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  svg: 'image/svg+xml',
};

/** What is served: files by path, made when they are asked for, and what is wrong with the contracts. */
export interface Shown {
  readonly files: ReadonlyMap<string, () => string>;
  /** In words, for a reader of the page who does not see the terminal. */
  readonly errors: readonly string[];
}

export interface DevServer {
  readonly url: string;
  /** Shows something else from now on, and tells the pages that are open. */
  readonly show: (shown: Shown) => void;
  readonly close: () => void;
}

/**
 * Serves the site to this machine from memory. Pages load again when something else is to be shown.
 * @param port 0 for any free one
 */
export async function serveCatalog(port: number): Promise<DevServer> {
  let shown: Shown = { files: new Map(), errors: [] };
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    if (!isLocal(request)) return void response.writeHead(403).end('This site is for this machine.\n');
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405).end();
    const path = pathOf(request.url ?? '/');
    if (path === 'events') return listen(response, listeners);
    const make = path === undefined ? undefined : shown.files.get(path);
    if (path === undefined || !make) {
      return void response.writeHead(404, { 'content-type': TYPES.txt }).end('There is no such page.\n');
    }
    const text = path.endsWith('.html') ? withReload(make(), shown.errors) : make();
    response
      .writeHead(200, {
        'content-type': TYPES[path.split('.').at(-1) ?? ''] ?? TYPES.txt,
        'cache-control': 'no-store',
      })
      .end(request.method === 'HEAD' ? '' : text);
  });
  await listening(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show: (next) => {
      shown = next;
      for (const listener of listeners) listener.write('data: changed\n\n');
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        new CommandError(
          taken ? `port ${port} is taken` : `cannot listen on port ${port}: ${error.message}`,
          'Try: chirograph catalog dev --port 0',
        ),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

/** A name that somebody else's page may have made lead here is not this machine's. */
function isLocal({ headers }: IncomingMessage): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(headers.host ?? '');
}

function listen(response: ServerResponse, listeners: Set<ServerResponse>): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('retry: 300\n\n');
  listeners.add(response);
  response.on('close', () => listeners.delete(response));
}

/** Undefined where it is malformed. */
function pathOf(url: string): string | undefined {
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname).slice(1);
    return path === '' ? 'index.html' : path;
  } catch {
    return undefined;
  }
}

function withReload(page: string, errors: readonly string[]): string {
  const listed = errors.map((it) => `<li>${escaped(it)}</li>`).join('');
  const banner =
    errors.length === 0
      ? ''
      : `<div role="alert" style="position:fixed;inset:auto 0 0;z-index:30;max-height:40vh;overflow:auto;padding:12px 24px;background:#8c1d18;color:#fff;font:14px/1.5 system-ui"><b>The contracts have errors; the page shows what could be read.</b><ul>${listed}</ul></div>`;
  return page.replace(
    '</body>',
    () => `${banner}<script>new EventSource('/events').onmessage=()=>location.reload()</script></body>`,
  );
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (it) => `&#${it.charCodeAt(0)};`);
}
