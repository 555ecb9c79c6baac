import { createReadStream, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { DIST } from './folders.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mdx': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
  '.yaml': 'application/yaml; charset=utf-8',
};

export interface Served {
  readonly url: string;
  close(): void;
}

/**
 * Serves the built site to this machine only.
 * @param port 0 for any free one
 * Rejects when it cannot listen there.
 */
export function serve(port: number): Promise<Served> {
  const server = createServer((request, response) => {
    const file = fileOf(request.url ?? '/');
    if (file === undefined) {
      response
        .writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
        .end('There is no such page.\n');
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`Cannot listen on port ${port}: ${error.message}`)));
    server.listen(port, '127.0.0.1', () => resolve(served(server)));
  });
}

function served(server: Server): Served {
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The file of a path: itself, or the `index.html` of a folder. Undefined where there is none. */
function fileOf(url: string): string | undefined {
  const path = pathOf(url);
  if (path === undefined) return undefined;
  for (const candidate of [join(DIST, path), join(DIST, path, 'index.html')]) {
    if (statSync(candidate, { throwIfNoEntry: false })?.isFile()) return candidate;
  }
  return undefined;
}

/** The decoded path, kept inside the site. Undefined where it is malformed. */
function pathOf(url: string): string | undefined {
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    return path.includes('\0') ? undefined : normalize(`/${path}`);
  } catch {
    return undefined;
  }
}
