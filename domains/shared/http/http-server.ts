import type { AddressInfo } from 'node:net';
import { prometheusText, type Service, type ServiceWorker } from '@chirograph/runtime';
import type { HttpApi } from '@chirograph/runtime/http';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';

/** An API, and the name of its service: the first word of its paths. */
export type NamedApi = readonly [service: string, api: HttpApi];

/** The APIs of a process, each below its service's name, and what probes and Prometheus ask for. */
export function httpApp(apis: readonly NamedApi[], process: () => Pick<Service, 'health' | 'measure'>): Hono {
  const app = new Hono();
  for (const [name, api] of apis) app.mount(`/${name}`, api.fetch);
  app.get('/', (context) => context.json(apis.map(([name]) => `/${name}/openapi.json`)));
  app.get('/health', async (context) => {
    const health = await process().health();
    return context.json(health, health.ready ? 200 : 503);
  });
  app.get('/metrics', async (context) => context.text(prometheusText(await process().measure())));
  return app;
}

/** Serves them as a part of the process: it begins with the process, and before that stops, requests under way are answered. */
export function httpServer(
  port: number,
  app: Hono,
  listening: (port: number) => void = () => undefined,
): ServiceWorker {
  let server: ServerType | undefined;
  return {
    name: 'http',
    async start() {
      await new Promise<void>((resolve, reject) => {
        server = serve({ fetch: app.fetch, port }, ({ port: bound }: AddressInfo) => {
          listening(bound);
          resolve();
        });
        server.once('error', reject);
      });
    },
    async stop() {
      const stopping = server;
      server = undefined;
      if (!stopping) return;
      await new Promise((resolve) => stopping.close(resolve));
    },
  };
}
