import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';
import { allowing } from './allowed.ts';
import { fetchText } from './fetch-text.ts';
import { parseLock } from './lock-file.ts';

type Answer = string | ((request: IncomingMessage, response: ServerResponse) => void);

/** What the server holds, by path; and what it was asked for. */
let pages: Record<string, Answer>;
let asked: string[];
let server: Server;
let url: string;
let folder: string;

beforeEach(async () => {
  pages = {};
  asked = [];
  server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const page = pages[path];
    if (typeof page === 'function') page(request, response);
    else response.writeHead(page === undefined ? 404 : 200).end(page);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = mkdtempSync(join(tmpdir(), 'chirograph-'));
  // The server is on this machine, which is asked only where it is listed.
  write({ 'chirograph.config.ts': `export default { remote: ['${url}/'] };` });
});

afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await stop();
});

function stop(): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}

/** A contract whose one message lies at a URL. */
function contract(ref: string): string {
  return `asyncapi: 3.0.0
info: { title: Orders, version: 1.0.0 }
channels:
  orders:
    address: orders
    messages:
      OrderPlaced: { $ref: '${ref}' }
operations:
  placeOrder: { action: send, channel: { $ref: '#/channels/orders' } }
`;
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

async function run(line: string, env: NodeJS.ProcessEnv = {}) {
  const io = memoryIo(folder, { env });
  const code = await main(line.split(' '), io);
  return { code, printed: io.printed(), said: io.said() };
}

interface Finding {
  readonly code: string;
  readonly at: { readonly file: string; readonly line: number; readonly column: number };
  readonly note?: string;
  readonly fix?: string;
}

async function findings(line = 'validate --remote', env: NodeJS.ProcessEnv = {}): Promise<Finding[]> {
  const { printed } = await run(`${line} --format json --quiet`, env);
  return (JSON.parse(printed) as { diagnostics: Finding[] }).diagnostics;
}

const lock = () => readFileSync(join(folder, 'chirograph.lock'), 'utf8');
const MESSAGE = 'M:\n  summary: s\n  payload: { type: object }\n  examples: [{ payload: {} }]\n';

describe('a reference to the network', () => {
  it('is refused, and nothing is asked, unless it is allowed', async () => {
    write({ 'specs/a.yaml': contract(`${url}/m.yaml#/M`), 'chirograph.config.ts': 'export default {};' });
    const [finding] = await findings('validate');
    expect(finding).toMatchObject({ code: 'reference/remote', at: { line: 7, column: 28 } });
    expect(finding?.fix).toContain('--remote');
    expect(asked).toEqual([]);
  });

  it('is followed where an option or the config says so', async () => {
    pages['/m.yaml'] = MESSAGE;
    write({ 'specs/a.yaml': contract(`${url}/m.yaml#/M`) });
    expect((await run('validate --remote')).code).toBe(0);
    rmSync(join(folder, 'chirograph.lock'));
    expect((await run('validate')).code).toBe(0);
    expect(asked).toEqual(['/m.yaml', '/m.yaml']);
  });

  it.each(['validate --remote', 'validate'])(
    'never asks this machine unless it is listed: %s',
    async (line) => {
      write({
        'specs/a.yaml': contract(`${url}/m.yaml#/M`),
        'chirograph.config.ts': `export default { remote: ${line === 'validate'} };`,
      });
      const [finding] = await findings(line);
      expect(finding).toMatchObject({ code: 'reference/unfetched' });
      expect(finding?.note).toContain('has to list addresses of this machine');
      expect(asked).toEqual([]);
    },
  );

  it('that does not resolve within what was fetched is an error there', async () => {
    pages['/m.yaml'] =
      "M: { summary: s, payload: { properties: { a: { $ref: '#/Nope' }, b: { $ref: 'file:///etc/hosts' } } } }\n";
    write({ 'specs/a.yaml': contract(`${url}/m.yaml#/M`) });
    for (const line of ['validate --remote', 'validate --remote specs/a.yaml'])
      expect((await findings(line)).map(({ code, at }) => `${code} ${at.file}`).sort()).toEqual([
        `reference/outside ${url}/m.yaml`,
        `reference/unresolved ${url}/m.yaml`,
      ]);
  });

  it('leads on from where it was found, after redirects', async () => {
    pages['/m.yaml'] = (_, response) => response.writeHead(302, { location: '/v1/m.yaml' }).end();
    pages['/v1/m.yaml'] = "M: { summary: s, payload: { $ref: 'types/order.json#/$defs/Order' } }\n";
    pages['/v1/types/order.json'] =
      '{ "$defs": { "Order": { "properties": { "n": { "$ref": "../n.json" } } } } }';
    pages['/v1/n.json'] = '{ "type": "integer", "default": 1.5 }';
    write({ 'specs/a.yaml': contract(`${url}/m.yaml#/M`) });
    expect(await findings()).toMatchObject([
      { code: 'schema/default-invalid', at: { file: `${url}/v1/n.json`, line: 1 } },
    ]);
    expect(Object.keys(parseLock(lock())).map((it) => it.replace(url, ''))).toEqual([
      '/m.yaml',
      '/v1/n.json',
      '/v1/types/order.json',
    ]);
  });

  it('never leads to a file', async () => {
    pages['/m.yaml'] =
      "M: { summary: s, payload: { $ref: 'file:///etc/passwd' }, headers: { $ref: '../../a.json' } }\n";
    write({ 'specs/a.yaml': contract(`${url}/m.yaml#/M`), 'a.json': '{ "type": "object" }' });
    expect(await findings()).toMatchObject([
      { code: 'reference/outside', at: { file: `${url}/m.yaml` } },
      { code: 'reference/unfetched', at: { file: `${url}/m.yaml` } },
    ]);
    expect(asked).toContain('/a.json');
  });

  it('is taken from the workspace where a schema there is called so', async () => {
    write({
      'specs/a.yaml': contract(`${url}/m.yaml#/M`).replace(
        /\{ \$ref: 'http.*/,
        `{ payload: { $ref: '${url}/n' } }`,
      ),
      'specs/n.json': `{ "$id": "${url}/n", "type": "integer" }`,
    });
    expect(await findings()).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('the lock', () => {
  beforeEach(async () => {
    pages['/m.yaml'] = MESSAGE;
    write({ 'specs/a.yaml': contract(`${url}/m.yaml#/M`) });
    await run('validate --remote');
  });

  it('makes the next run need no network', async () => {
    await stop();
    const before = lock();
    for (const line of ['validate --remote', 'list --remote', 'generate --remote']) {
      expect((await run(line)).code).toBe(0);
    }
    expect((await run('generate --remote')).printed).toContain('up to date');
    expect(lock()).toBe(before);
    expect(asked).toEqual(['/m.yaml']);
  });

  it('refuses other content until it is accepted', async () => {
    const before = lock();
    pages['/m.yaml'] = MESSAGE.replace('summary: s', 'summary: t');
    expect((await run('validate --remote')).code).toBe(0);
    rmSync(join(folder, '.chirograph'), { recursive: true });
    const [finding] = await findings();
    expect(finding).toMatchObject({
      code: 'reference/changed',
      at: { file: 'specs/a.yaml', line: 7, column: 28 },
    });
    expect(finding?.note).toMatch(/^locked sha256-.+, found sha256-/);
    expect(lock()).toBe(before);

    const { code, said } = await run('validate --update-remote');
    expect(code).toBe(0);
    expect(said).toBe(`chirograph.lock: changed ${url}/m.yaml\n`);
    expect(lock()).not.toBe(before);
    expect(await findings()).toEqual([]);
  });

  it('is taken as it is in CI', async () => {
    const before = lock();
    pages['/n.yaml'] = MESSAGE;
    write({ 'specs/b.yaml': contract(`${url}/n.yaml#/M`) });
    expect(await findings('validate --remote', { CI: 'true' })).toMatchObject([
      {
        code: 'reference/unfetched',
        at: { file: 'specs/b.yaml' },
        note: expect.stringContaining('chirograph.lock'),
      },
    ]);
    expect(asked).toEqual(['/m.yaml']);
    expect(lock()).toBe(before);
    expect(await findings('validate --remote', { CI: 'false' })).toEqual([]);
  });

  it('does not trust a cache that somebody wrote into', async () => {
    const cache = join(folder, '.chirograph/cache/remote');
    const [file = ''] = Object.values(parseLock(lock())).map(({ integrity }) =>
      Buffer.from(integrity.slice(7), 'base64').toString('hex'),
    );
    writeFileSync(join(cache, file), 'M: 5\n');
    expect(await findings()).toEqual([]);
    expect(asked).toEqual(['/m.yaml', '/m.yaml']);
  });

  it('of a base says what the base was', async () => {
    cpSync(join(folder, 'specs'), join(folder, 'released/specs'), { recursive: true });
    cpSync(join(folder, 'chirograph.lock'), join(folder, 'released/chirograph.lock'));
    pages['/m.yaml'] = MESSAGE.replace('type: object', 'type: object, required: [id]');
    await run('validate --update-remote');
    const { code, printed } = await run('compat --remote --against released');
    expect(code).toBe(0);
    expect(printed).toContain('payload/property-made-required');
    expect(printed).toContain('id');
  });

  it('that cannot be read is no lock', async () => {
    write({ 'chirograph.lock': '<<<<<<< HEAD\n' });
    const { code, said } = await run('validate --remote');
    expect(code).toBe(2);
    expect(said).toContain('chirograph.lock cannot be read');
  });
});

describe('what cannot be read', () => {
  const CASES: readonly (readonly [string, Answer, string])[] = [
    ['an answer that is not 200', (_, response) => response.writeHead(500).end(), 'answers 500'],
    [
      'a web page',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('M: {}'),
      'web page',
    ],
    ['what is neither YAML nor JSON', 'M: [\n', 'neither YAML nor JSON'],
    ['a single value', 'hello', 'no object'],
    ['a binary file', 'M\0', 'binary'],
    [
      'a circle of redirects',
      (_, response) => response.writeHead(301, { location: '/m.yaml' }).end(),
      'redirects more than',
    ],
    [
      'a redirect to a file',
      (_, response) => response.writeHead(301, { location: 'file:///etc/passwd' }).end(),
      'redirects to file:',
    ],
    ['too much', (_, response) => response.end(Buffer.alloc(16 * 1024 * 1024 + 1, ' ')), 'at most 16 MB'],
    ['a closed connection', (request) => request.socket.destroy(), 'closed the connection'],
  ];

  it.each(CASES)('is said at the reference: %s', async (_, page, reason) => {
    pages['/m.yaml'] = page;
    write({ 'specs/a.yaml': contract(`${url}/m.yaml#/M`) });
    expect(await findings()).toMatchObject([
      {
        code: 'reference/unfetched',
        at: { file: 'specs/a.yaml', line: 7, column: 28 },
        note: expect.stringContaining(reason),
      },
    ]);
  });

  it('may be a server that is not there', async () => {
    await stop();
    write({ 'specs/a.yaml': contract(`${url}/m.yaml#/M`) });
    expect(await findings()).toMatchObject([{ note: 'connection refused' }]);
  });

  it('may be a server that does not answer', async () => {
    const ended = new AbortController();
    pages['/m.yaml'] = () => ended.abort();
    const fetched = await fetchText(`${url}/m.yaml`, { isAllowed: () => true, signal: ended.signal });
    expect(fetched).toEqual({ kind: 'failed', reason: 'it does not answer' });
  });

  it('may be what the config does not allow', async () => {
    write({
      'specs/a.yaml': contract(`${url}/other/m.yaml#/M`),
      'specs/b.yaml': contract(`${url}.example.test/events/m.yaml#/M`),
      'specs/c.yaml': contract(`${url}/events/m.yaml#/M`),
      'chirograph.config.ts': `export default { remote: ['${url}/events/'] };`,
    });
    pages['/events/m.yaml'] = (_, response) => response.writeHead(302, { location: '/other/m.yaml' }).end();
    expect((await findings('validate')).map(({ code, note }) => `${code} ${note}`)).toEqual([
      expect.stringContaining(
        `reference/unfetched ${url}/other/m.yaml is not among \`remote\` of the config`,
      ),
      expect.stringContaining('.example.test/events/m.yaml is not among `remote` of the config'),
      expect.stringContaining(
        `reference/unfetched ${url}/other/m.yaml is not among \`remote\` of the config`,
      ),
    ]);
    expect(asked).toEqual(['/events/m.yaml']);
  });
});

it('is one finding of a host that does not answer, whatever refers to it', async () => {
  await stop();
  write({
    'specs/a.yaml': contract(`${url}/a.yaml#/M`),
    'specs/b.yaml': contract(`${url}/b.yaml#/M`),
    'specs/c.yaml': contract(`${url}/b.yaml#/N`),
  });
  expect(await findings()).toMatchObject([
    { code: 'reference/unfetched', note: 'connection refused', at: { file: 'specs/a.yaml' } },
  ]);
});

describe('an address of this machine', () => {
  it.each([
    'http://localhost:8080/a',
    'http://api.localhost/a',
    'http://127.0.0.1/',
    'http://127.9.9.9/',
    'http://2130706433/',
    'http://0.0.0.0/',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]/',
    'http://[::]/',
    'http://[fe80::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:169.254.0.1]/',
  ])('is %s', (address) => {
    expect(allowing(undefined)(address)).toBe(false);
    expect(allowing([address])(address)).toBe(true);
  });

  it.each([
    'https://example.com/a',
    'http://10.0.0.1/',
    'https://localhost.example.com/',
    'http://[2001:db8::1]/',
  ])('is not %s', (address) => expect(allowing(undefined)(address)).toBe(true));
});
