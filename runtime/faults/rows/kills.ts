import { BROKER_NAMES, type BrokerName } from '../brokers.ts';
import { compare, readBook, sizeOfBook } from '../numbered.ts';
import { postgresFor } from '../places.ts';
import type { Row } from '../row.ts';
import { openStore, type ServiceSpec } from '../service.ts';
import { faultsOf, type ServiceProcess, startService } from '../service-process.ts';
import { pause, until, untilSettled } from '../until.ts';

const RELAY_KILLS = 15;
const CONSUMER_KILLS = 7;

function killsOn(kind: BrokerName): Row {
  return {
    name: `kills-${kind}`,
    fault: `relay killed ${RELAY_KILLS} times, consumers ${CONSUMER_KILLS} times, every tenth transaction rolled back (${kind}, PostgreSQL)`,
    broken: 'the inbox says of every message that it is new, and rows leave the outbox before they are sent',
    async run(context) {
      const { broken, defer, random } = context;
      const EVENTS = context.load(8_000);
      const store = await postgresFor(context);
      const broker = { kind, url: (await context.servers.broker(kind)).url, prefix: context.name };
      const base = { store, broker };
      const started: ServiceProcess[] = [];
      const start = (spec: Partial<ServiceSpec>): ServiceProcess => {
        const service = startService({ ...base, ...spec });
        started.push(service);
        return service;
      };
      defer(async () => {
        await Promise.all(started.filter(({ isRunning }) => isRunning).map((service) => service.kill()));
      });
      const consumerSpec: Partial<ServiceSpec> = {
        consumer: { name: 'ledger' },
        ...(broken && { broken: 'no inbox' as const }),
      };
      const relaySpec: Partial<ServiceSpec> = {
        relay: { lease: 500, poll: 200 },
        ...(broken && { broken: 'removed before sent' as const }),
      };

      const consumers = [start(consumerSpec), start(consumerSpec)];
      await Promise.all(consumers.map((consumer) => consumer.ready()));
      let courier = start(relaySpec);
      const writer = start({
        write: { from: 0, count: EVENTS, entities: 20, rollbackEvery: 10, perSecond: 400, concurrency: 8 },
      });
      let kills = 0;
      const killing = async (many: number, one: () => Promise<void>): Promise<void> => {
        for (let n = 0; n < many; n += 1) {
          await pause(random() * 700);
          await one();
          kills += 1;
        }
      };
      await writer.ready();
      await Promise.all([
        killing(RELAY_KILLS, async () => {
          await courier.kill();
          courier = start(relaySpec);
          await courier.ready();
        }),
        killing(CONSUMER_KILLS, async () => {
          const place = Math.floor(random() * consumers.length);
          await consumers[place]?.kill();
          const next = start(consumerSpec);
          consumers[place] = next;
          await next.ready();
        }),
      ]);
      const own = openStore(store);
      defer(() => own.close());
      const done = async (): Promise<number> => sizeOfBook(await readBook(own, 'done-ledger'));
      const last = performance.now();
      const before = await done();
      await until('work goes on', async () => before >= EVENTS || (await done()) > before);
      const recovery = performance.now() - last;
      await until('all is written', () => writer.count('all-written') > 0, { within: 120_000 });
      // Stops when nothing more comes: what is missing then is lost.
      await untilSettled(done, EVENTS);
      const comparison = compare(await readBook(own, 'sent'), await readBook(own, 'done-ledger'));
      const { problems, unsent: _, ...counts } = comparison;
      const sum = (word: string) => started.reduce((all, service) => all + service.count(word), 0);
      const delivered = sum('delivered');
      return {
        ...counts,
        delivered,
        recovery,
        notes: [...(problems.length > 0 ? faultsOf(started) : []), `kills ${kills}`, `redelivered ${sum('duplicate')}`],
        problems:
          counts.sent === EVENTS ? problems : [...problems, `${counts.sent} of ${EVENTS} were committed`],
      };
    },
  };
}

export const kills: readonly Row[] = BROKER_NAMES.map(killsOn);
