/**
 * A process that reserves and charges, and at its deadline releases and refunds; it kills itself at a point of its transactions: before or
 * after the commit of one that changed something. `order-process.ts <file> <point, or -1> [broken]`
 */
import type { DatabaseSync } from 'node:sqlite';
import {
  createConsumer,
  createProducer,
  deadlines,
  outbox,
  processManager,
  receive,
  relay,
  type Store,
} from '../index.ts';
import { memoryBroker } from '../memory/index.ts';
import { sqliteStore } from '../sqlite/index.ts';
import { BREAKAGES } from './breakages.ts';
import { numbered } from './numbered.ts';
import { pause } from './until.ts';

const COMMANDS = ['reserve', 'charge', 'release', 'refund'] as const;
const [file = '', at = '-1', broken] = process.argv.slice(2);
const inner = sqliteStore({ file });
let point = 0;
function pass(): void {
  if (point++ === Number(at)) process.kill(process.pid, 'SIGKILL');
}

/** How many rows the connection has changed so far. */
const changes = (client: DatabaseSync): number =>
  Number(client.prepare('SELECT total_changes() AS count').get()?.count);

// Every poll is a transaction, too; what changes nothing, or only a lease, is no step.
const whole: Store = {
  ...inner,
  async transaction(work) {
    let isStep = false;
    const result = await inner.transaction(async (tx) => {
      const before = changes(tx.client);
      let leased = 0;
      const answer = await work({
        ...tx,
        leases: {
          ...tx.leases,
          async acquire(request) {
            leased += 1;
            return tx.leases.acquire(request);
          },
        },
      });
      isStep = changes(tx.client) - before > leased;
      if (isStep) pass();
      return answer;
    });
    if (isStep) pass();
    return result;
  },
};
const memory = memoryBroker({ redeliveryDelay: 5 });
const { store, broker } = broken
  ? BREAKAGES['no inbox']({ store: whole, broker: memory })
  : { store: whole, broker: memory };
const send = createProducer('faults', outbox(store));
const command = numbered('faults.command');

const order = processManager<object, { readonly entity: string }, (typeof COMMANDS)[number]>({
  name: 'order',
  correlate: ({ entity }) => entity,
  initialState: () => ({}),
  react: () => ({ state: {}, commands: ['reserve', 'charge'], deadline: 60 }),
  onDeadline: () => ({ state: {}, commands: ['release', 'refund'], ended: true }),
  dispatch: (name, context) =>
    send(command, { entity: context.processId, number: COMMANDS.indexOf(name) }, context).then(
      () => undefined,
    ),
});
const options = { store, poll: 20, observe: () => undefined };
const consumers = [
  createConsumer('order', broker, options, [
    receive(numbered('faults.started'), (event, context) => order.handle(event, context)),
  ]),
  createConsumer('commands', broker, options, [
    receive(command, async ({ number }, { tx }) => {
      await tx.events.append('done', 'any', [{ type: COMMANDS[number] ?? '' }], { at: 0 });
    }),
  ]),
];
for (const consumer of consumers) await consumer.start();
relay(store, broker, { poll: 20, lease: 60, observe: () => undefined }).start();
deadlines(store, order, { poll: 20 }).start();

const isDone = () =>
  inner.read(
    async (tx) =>
      (await tx.events.load('done')).length >= 4 && (await tx.outbox.next({ limit: 1 })).length === 0,
  );
for (let left = 2_000; left > 0 && !(await isDone()); left -= 1) await pause(10);
// What is done twice would be done by now.
await pause(200);
process.stdout.write('1 finished\n');
process.exit(0);
