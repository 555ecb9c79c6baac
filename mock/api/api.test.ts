import { request } from 'node:http';
import { folderReader, load } from '@chirograph/contract/load';
import { memoryBroker } from '@chirograph/runtime/memory';
import { manualClock } from '@chirograph/runtime/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Mocks, mocks } from '../service/mocks.ts';
import { type Api, mockApi } from './api.ts';

const { workspace } = load(folderReader('mock/fixtures', ['.']));
const clock = manualClock();
const broker = memoryBroker({ clock, acknowledge: 'received' });
let running: Mocks;
let api: Api;

beforeAll(async () => {
  const services = workspace.services.filter((it) => it.name !== 'courier');
  running = mocks({ workspace, services, broker, seed: 7, clock });
  await running.start();
  api = await mockApi(running, workspace, 0);
});
afterAll(async () => {
  await running.stop();
  await api.close();
  await broker.close();
});

async function ask(method: string, path: string, body?: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(api.url + path, { method, ...(body !== undefined && { body }) });
  expect(response.headers.get('content-type')).toContain('application/json');
  return { status: response.status, body: await response.json() };
}

describe('the HTTP API', () => {
  beforeEach(async () => {
    await ask('DELETE', '/received');
  });

  it('says what runs, and what can be asked', async () => {
    expect(await ask('GET', '/')).toMatchObject({
      status: 200,
      body: {
        services: [
          { name: 'parcels/billing', receives: [], overhears: ['parcels.arrived'], sends: ['parcels.paid'] },
          { name: 'parcels/customs' },
          { name: 'parcels/depot', sendsByItself: [{ name: 'parcels.arrived', everyMilliseconds: 10_000 }] },
        ],
        counts: { received: 0 },
        requests: expect.arrayContaining([
          expect.objectContaining({ method: 'POST', path: '/publish/{message}' }),
        ]),
      },
    });
  });

  it('publishes now, with the parts that are asked for, and lists what was sent and came in', async () => {
    const { status, body } = await ask('POST', '/publish/arrived', '{"data":{"grams":42}}');
    expect([status, body]).toMatchObject([
      201,
      {
        name: 'parcels.arrived',
        version: '2.0',
        at: '2026-01-01T00:00:00.000Z',
        payload: { data: { grams: 42 } },
      },
    ]);
    await broker.settled();
    expect((await ask('GET', '/sent')).body).toMatchObject([{ name: 'parcels.arrived' }, {}, {}]);
    expect((await ask('GET', '/received')).body).toMatchObject([
      {
        service: 'parcels/billing',
        name: 'parcels.arrived',
        verdict: 'valid',
        payload: { data: { grams: 42 } },
      },
      { service: 'parcels/customs', name: 'parcels.arrived', verdict: 'valid' },
    ]);
    expect((await ask('GET', '/violations')).body).toEqual([]);
    expect(await ask('DELETE', '/received')).toEqual({ status: 200, body: { forgotten: 2 } });
    expect((await ask('GET', '/received')).body).toEqual([]);
  });

  it('lists violations', async () => {
    const body = new TextEncoder().encode('{"type":"parcels.exploded"}');
    await broker.publish([
      { id: 'x', channel: 'parcels.arrived', headers: {}, contentType: 'application/json', body },
    ]);
    await broker.settled();
    expect((await ask('GET', '/violations')).body).toMatchObject([
      { verdict: 'unknown-message', problem: expect.stringContaining('parcels.exploded') },
      { verdict: 'unknown-message' },
    ]);
  });

  it.each([
    ['GET', '/nothing', undefined, 404, 'there is nothing at /nothing'],
    ['PUT', '/received', undefined, 405, '/received takes GET, DELETE, not PUT'],
    ['POST', '/publish/arived', undefined, 404, 'there is no message `arived`; did you mean'],
    [
      'POST',
      '/publish/parcels.delivered',
      undefined,
      404,
      'none of the mocked services sends parcels.delivered',
    ],
    ['POST', '/publish/arrived', '{', 400, 'the body is not JSON'],
    ['POST', '/publish/arrived', '[1]', 400, 'the body is to be a JSON object'],
    ['POST', '/publish/arrived', '{"data":{"grams":"x"}}', 422, 'break its contract'],
    ['POST', '/publish/arrived', ' '.repeat(1_000_001), 413, 'more than 1000000 bytes'],
    ['POST', '/publish/%E0%A4%A', undefined, 400, 'not a path'],
  ])('%s %s with %s: %i', async (method, path, body, status, error) => {
    const answer = await ask(method, path, body);
    expect(answer).toMatchObject({ status, body: { error: expect.stringContaining(error) } });
  });

  it.each([{ host: 'evil.example' }, { origin: 'http://evil.example' }])(
    'answers to no page in a browser: %j',
    async (headers) => {
      const status = await new Promise((answered, failed) => {
        request(`${api.url}/publish/arrived`, { method: 'POST', headers }, (response) => {
          response.resume();
          answered(response.statusCode);
        })
          .on('error', failed)
          .end();
      });
      expect(status).toBe(403);
    },
  );

  it('says when its port is taken', async () => {
    const { port } = new URL(api.url);
    await expect(mockApi(running, workspace, Number(port))).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('publishes to the address that is asked for', async () => {
    expect(await ask('POST', '/publish/misplaced?hall=south&shelf=B2')).toMatchObject({
      status: 201,
      body: { channel: 'parcels.south.B2.misplaced' },
    });
    expect(await ask('POST', '/publish/misplaced?hal=south')).toMatchObject({
      status: 422,
      body: { violations: [{ pointer: 'parameters/hal', rule: 'unknown' }] },
    });
  });
});
