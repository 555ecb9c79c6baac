/**
 * A service to be told to end, as a process of its own: `signals-fixture.ts <file> <how>`. Its handler writes and then waits: for its `signal`
 * (`polite`), or for ever (`deaf`). It says `ready` when the handler waits.
 */
import { earned, pointsEarned } from '../fixtures/points-earned.ts';
import { createConsumer, createProducer, outbox, receive, service } from '../index.ts';
import { memoryBroker } from '../memory/index.ts';
import { sqliteStore } from '../sqlite/index.ts';

const [file = '', how = 'polite'] = process.argv.slice(2);
const store = sqliteStore({ file });
const broker = memoryBroker();

const tier = createConsumer('tier', broker, { store }, [
  receive(pointsEarned, async (_, { tx, signal }) => {
    await tx.documents('seen').put('a', true);
    console.log('ready');
    if (how === 'deaf') setInterval(() => undefined, 1_000);
    await new Promise((_, reject) => {
      if (how === 'polite') signal.addEventListener('abort', () => reject(signal.reason));
    });
  }),
]);
const loyalty = service({ name: 'loyalty', store, broker, consumers: [tier], stopWithin: 50 });

await createProducer('loyalty', outbox(store))(pointsEarned, earned('a', 1));
await loyalty.run();
console.log('closed');
