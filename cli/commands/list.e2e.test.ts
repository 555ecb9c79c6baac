import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';

const root = mkdtempSync(join(tmpdir(), 'chirograph-list-'));
afterAll(() => rmSync(root, { recursive: true }));

const SENDER = `asyncapi: 3.0.0
info: { title: Orders, version: 1.0.0 }
channels: { c: { address: placed, messages: { Placed: { name: placed, payload: { type: object } } } } }
operations: { send: { action: send, channel: { $ref: '#/channels/c' } } }
`;
const SILENT = 'asyncapi: 3.0.0\ninfo: { title: Silent, version: 1.0.0 }\nchannels: {}\n';

it('has no heading for a domain without messages', async () => {
  write('specs/shop/orders.asyncapi.yaml', SENDER);
  write('specs/quiet/silent.asyncapi.yaml', SILENT);
  expect(await run()).toBe(
    ['shop', '  placed 1.0  event  orders -> -', '', '1 message, 2 services, 2 domains', ''].join('\n'),
  );
  rmSync(join(root, 'specs/shop'), { recursive: true });
  expect(await run()).toBe('0 messages, 1 service, 1 domain\n');
});

async function run(): Promise<string> {
  const io = memoryIo(root);
  expect(await main(['list'], io)).toBe(0);
  return io.printed();
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
