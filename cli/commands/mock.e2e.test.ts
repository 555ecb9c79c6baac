import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';

/** `chirograph mock` as a user starts it: another process, its log, its API, a signal. */
const started = new Set<ChildProcess>();
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
});

function mock(...args: readonly string[]) {
  const child = spawn(process.execPath, ['cli/bin/chirograph.js', 'mock', '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk;
  });
  const exit = new Promise<number | null>((ended) => child.once('close', ended));
  return {
    lines,
    exit,
    errors: () => errors,
    end(signal: 'SIGINT' | 'SIGTERM'): Promise<number | null> {
      child.kill(signal);
      return exit;
    },
    /** The first line that fits, now or when it comes; rejects when the process ends without it. */
    line(fits: RegExp): Promise<string> {
      return new Promise((found, failed) => {
        const look = () => {
          const line = lines.find((it) => fits.test(it));
          if (line === undefined) return;
          waiting.delete(look);
          found(line);
        };
        waiting.add(look);
        look();
        void exit.then(() => failed(new Error(`ended without ${fits}: ${lines.join('\n')}${errors}`)));
      });
    },
  };
}

describe('chirograph mock', { timeout: 60_000 }, () => {
  it('plays a flow to its end, shows it, and stops when told to', async () => {
    const { line, lines, end } = mock('checkout', '--seed', '7');
    const url = /http:\S+/.exec(await line(/http:/))?.[0];
    const published = await fetch(`${url}/publish/order.validation_started`, { method: 'POST' });
    expect(published.status).toBe(201);
    await line(/analytics-service +<- order\.confirmation_sent/);
    expect(await end('SIGINT')).toBe(0);

    const sent = lines.flatMap((it) => /checkout\/(\S+) +-> (\S+)/.exec(it)?.slice(1).join(' ') ?? []);
    expect(sent).toEqual([
      'order-service order.validation_started',
      'rules-service order.validation_completed',
      'order-service order.initiated',
      'wallet-service wallet.debit_started',
      'wallet-service wallet.debited',
      'order-service order.paid',
      'bizone-integration bizone.order_created',
      'order-service order.created',
      'notification-service order.confirmation_sent',
    ]);
    const log = lines.filter((it) => / (<-|->) /.test(it));
    expect(log[0]).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} {2}checkout\/order-service +-> order\.validation_started +[0-9a-f]{8}$/,
    );
    expect(log.filter((it) => it.includes('<-')).every((it) => / valid( {3}\(overheard\))?$/.test(it))).toBe(
      true,
    );
    expect(lines.at(-1)).toMatch(/^received \d+, all valid; sent 9$/);
  });

  it('speaks JSON to programs, and fails on violations when asked to', async () => {
    const { line, lines, end } = mock(
      ...['checkout/order-service', 'checkout/rules-service'],
      ...['--seed', '7', '--format', 'json', '--fail-on-violation', '--quiet'],
      ...['--rate', 'order.validation_started=50/s', '--faults', 'invalid=100%'],
    );
    expect(JSON.parse(await line(/started/))).toMatchObject({
      kind: 'started',
      url: expect.stringMatching(/^http:/),
      seed: 7,
      broker: 'memory',
      services: ['checkout/order-service', 'checkout/rules-service'],
    });
    expect(JSON.parse(await line(/"received"/))).toMatchObject({
      kind: 'received',
      service: 'checkout/rules-service',
      name: 'order.validation_started',
      verdict: 'invalid',
      violations: expect.arrayContaining([
        {
          pointer: expect.any(String),
          rule: expect.any(String),
          expected: expect.any(String),
          found: expect.any(String),
        },
      ]),
    });
    expect(await end('SIGTERM')).toBe(1);
    const kinds = lines.map((it) => JSON.parse(it).kind);
    expect([kinds[0], kinds.at(-1)]).toEqual(['started', 'stopped']);
    expect(new Set(kinds.slice(1, -1))).toEqual(new Set(['received']));
  });

  it.each([
    [['shop/paymnet'], 'did you mean `shop/payment`?'],
    [
      ['shop', '--broker', 'mqtt://127.0.0.1'],
      'no adapter for `mqtt` brokers yet; there are memory, nats, kafka, amqp and redis',
    ],
    [['shop', '--faults', 'dupplicate=1%'], 'did you mean `duplicate`?'],
    [['shop', '--rate', 'order.plcaed=1/s'], 'there is no message `order.plcaed`'],
    [['shop/order', '--rate', 'shop.order.place=1/s'], 'none of the mocked services sends shop.order.place'],
    [['shop', '--flow', 'orderDeath'], 'there is no flow `orderDeath`'],
    [['shop', '--seed', 'x'], '--seed wants a whole number'],
    [['shop', '--broker', 'nats://127.0.0.1:1'], 'cannot use nats://127.0.0.1:1'],
  ])('%j: exit 2', async (args, problem) => {
    const { exit, errors } = mock(...args);
    expect(await exit).toBe(2);
    expect(errors()).toContain(problem);
  });
});
