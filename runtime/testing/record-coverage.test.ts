import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WireMessage } from '../ports/message.ts';
import { recordCoverage } from './record-coverage.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chirograph-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const message = (body: string): WireMessage => ({
  id: 'm-1',
  name: 'order.placed',
  version: '1.0',
  channel: 'orders',
  headers: {},
  contentType: 'application/json',
  body: new TextEncoder().encode(body),
});

const lines = () =>
  readdirSync(folder)
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line));

it('writes who sent, got and handled what, and which command was refused why; nothing of what is in a message', () => {
  const { observe, answered } = recordCoverage(folder);
  observe({ kind: 'published', by: 'order', message: message('{"data":{"name":"Grace"}}') });
  observe({ kind: 'delivered', consumer: 'email', message: message('{}') });
  observe({ kind: 'handled', consumer: 'email', message: message('{}'), attempt: 1, took: 1 });
  const refusal = '{"data":{"command":"order.place","failure":"CART_EMPTY","message":"Grace"}}';
  observe({ kind: 'published', by: 'order', message: message(refusal) });
  const letter = {
    kind: 'dead-lettered',
    consumer: 'email',
    message: message('no JSON'),
    id: 'd-1',
  } as const;
  observe({ ...letter, reason: 'refused', error: { kind: 'refused', code: 'frozen' } });
  observe({ ...letter, reason: 'retries-exhausted', error: new Error('no mail') });
  answered('order.cancel', { kind: 'refused', code: 'ALREADY_SHIPPED' });
  answered('order.cancel', { kind: 'accepted' });

  const what = { name: 'order.placed', version: '1.0', id: 'm-1' };
  expect(lines()).toEqual([
    { did: 'sent', by: 'order', ...what },
    { did: 'delivered', by: 'email', ...what },
    { did: 'handled', by: 'email', ...what },
    { did: 'sent', by: 'order', ...what, refusal: { command: 'order.place', failure: 'CART_EMPTY' } },
    { did: 'refused', by: 'email', ...what, refusal: { command: 'order.placed', failure: 'frozen' } },
    expect.objectContaining({ refusal: { command: 'order.cancel', failure: 'ALREADY_SHIPPED' } }),
  ]);
  expect(JSON.stringify(lines())).not.toContain('Grace');
});

it('does nothing where nobody asked for it', () => {
  const { observe, answered } = recordCoverage('');
  observe({ kind: 'published', by: 'order', message: message('{}') });
  answered('order.cancel', { kind: 'refused', code: 'X' });
  expect(readdirSync(folder)).toEqual([]);
});
