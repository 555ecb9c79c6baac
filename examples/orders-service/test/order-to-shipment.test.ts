import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

/** A service in a process of its own; `line` resolves with the first line of its output that matches. */
function start(file: string) {
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout);
  const seen: string[] = [];
  lines.on('line', (it) => seen.push(it));
  const line = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = seen.map((it) => pattern.exec(it)).find((it) => it !== null);
      if (found) return found;
      if (child.exitCode !== null) throw new Error(`${file} has ended with ${child.exitCode}`);
      await Promise.race([once(lines, 'line'), once(child, 'exit')]);
    }
  };
  const stop = async () => {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    return (await exited)[0];
  };
  return { line, stop };
}

test('an order becomes a shipment', { timeout: 60_000 }, async () => {
  const shipping = start('src/shipping.ts');
  const orders = start('src/orders.ts');
  const [, url] = await orders.line(/on (http\S+)/);
  await shipping.line(/ready/);

  const refused = await post(`${url}/orders`, { customer: 'ada', totalCents: 0 });
  assert.equal(refused.status, 422);

  const placed = await post(`${url}/orders`, { customer: 'ada', totalCents: 1999 });
  assert.equal(placed.status, 201);
  const { orderId } = (await placed.json()) as { orderId: string };
  await shipping.line(new RegExp(`prepared for ${orderId}`));

  assert.equal(await orders.stop(), 0);
  assert.equal(await shipping.stop(), 0);
});

function post(url: string, body: object) {
  return fetch(url, { method: 'POST', body: JSON.stringify(body) });
}
