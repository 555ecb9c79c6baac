import { BROKER_NAMES, type BrokerName } from '../brokers.ts';
import type { Row } from '../row.ts';
import type { ServiceSpec } from '../service.ts';
import { stage } from '../stage.ts';
import { pause, until, untilSettled } from '../until.ts';

const RELAY_KILLS = 15;
const CONSUMER_KILLS = 7;

function killsOn(kind: BrokerName): Row {
  return {
    name: `kills-${kind}`,
    fault: `relay killed ${RELAY_KILLS} times, consumers ${CONSUMER_KILLS} times, every tenth transaction rolled back (${kind}, PostgreSQL)`,
    broken: 'the inbox says of every message that it is new, and rows leave the outbox before they are sent',
    async run(context) {
      const { broken, random } = context;
      const count = context.load(8_000);
      const { start, done, started, sum, ledger } = await stage(context, { kind });
      const consumerSpec: Partial<ServiceSpec> = {
        consumer: { name: 'ledger' },
        ...(broken && { broken: 'no inbox' }),
      };
      const relaySpec: Partial<ServiceSpec> = {
        relay: { lease: 500, poll: 200 },
        ...(broken && { broken: 'removed before sent' }),
      };
      const consumers = await Promise.all([start(consumerSpec), start(consumerSpec)]);
      let courier = await start(relaySpec);
      const writer = await start({
        write: { from: 0, count, entities: 20, rollbackEvery: 10, perSecond: 400, concurrency: 8 },
      });
      const killing = async (many: number, one: () => Promise<void>): Promise<void> => {
        for (let n = 0; n < many; n += 1) {
          await pause(random() * 700);
          await one();
        }
      };
      await Promise.all([
        killing(RELAY_KILLS, async () => {
          await courier.kill();
          courier = await start(relaySpec);
        }),
        killing(CONSUMER_KILLS, async () => {
          const place = Math.floor(random() * consumers.length);
          await consumers[place]?.kill();
          consumers[place] = await start(consumerSpec);
        }),
      ]);
      const last = performance.now();
      const before = await done();
      await until('work goes on', async () => before >= count || (await done()) > before);
      const recovery = performance.now() - last;
      await writer.written(count);
      await untilSettled(done, count);
      const kills = started.length - 4;
      return ledger({ recovery, notes: [`kills ${kills}`, `redelivered ${sum('duplicate')}`] });
    },
  };
}

export const kills: readonly Row[] = BROKER_NAMES.map(killsOn);
