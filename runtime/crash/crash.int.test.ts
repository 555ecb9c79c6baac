import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { natsAvailability, startNats } from '../nats/nats-server.ts';
import { killAndCheck } from './kill-and-check.ts';

const nats = natsAvailability();
const rounds = Number(process.env.CRASH_ROUNDS ?? 4);

if (nats.available) {
  it('loses and doubles nothing when the process and the NATS server are killed in turn', {
    timeout: 120_000 + rounds * 5_000,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crash-'));
    const server = await startNats();
    let kills = 0;
    await killAndCheck({
      file: join(folder, 'store.db'),
      rounds,
      seed: 20_251_107,
      broker: [server.url, `crash-${process.pid}-${Date.now()}`],
      async afterKill() {
        if (kills++ % 2 === 0) await server.killAndRestart?.();
      },
    });
    await server.stop();
    await rm(folder, { recursive: true });
    expect.assertions(4);
  });
} else {
  console.warn(`Crashes with NATS were not tested: ${nats.reason}`);
  describe.skip(`crashes with NATS (not run: ${nats.reason})`, () => it('needs a server', () => undefined));
}
