import { createProducer } from '../../index.ts';
import { BREAKAGES } from '../breakages.ts';
import { BROKER_NAMES, BROKERS, type BrokerName, connectTo } from '../brokers.ts';
import { slowLink } from '../link.ts';
import { numbered } from '../numbered.ts';
import type { Row } from '../row.ts';
import { ownBroker, stage } from '../stage.ts';
import { pause, until, untilSettled } from '../until.ts';

const WINDOW = 64;
/** A recovery within 15 s is what is promised; a machine that does much else is given twice that. */
const BOUND = 30_000;

function killedBroker(kind: BrokerName): Row {
  const { kills, settles } = BROKERS[kind];
  return {
    name: `broker-killed-${kind}`,
    fault: `${kind} is killed ${kills} times while ${WINDOW} messages are on their way to it`,
    broken: 'the publisher says that a message is acknowledged when it has sent it',
    async run(context) {
      const server = await ownBroker(context, kind);
      const { start, own, done, ledger } = await stage(context, { kind, url: server.url });
      const consumer = await start({ consumer: { name: 'ledger' } });
      const whole = await connectTo(kind, { url: server.url, prefix: context.name }, () => undefined);
      context.defer(() => whole.close());
      const { broker } = context.broken
        ? BREAKAGES['removed before sent']({ store: own, broker: whole })
        : { broker: whole };
      const send = createProducer('faults', broker);
      const acked = new Map<string, number[]>();
      let count = 0;
      let stopping = false;
      // A key each, so that as many are on their way; sent again until it is acknowledged.
      const publishing = Array.from({ length: WINDOW }, async (_, lane) => {
        for (let number = 0; !stopping; number += 1) {
          const message = { id: `e${lane}-${number}`, entity: `e${lane}`, number };
          let sent = false;
          while (!sent && !stopping) {
            sent = await send(numbered(), message).then(
              () => true,
              () => pause(100).then(() => false),
            );
          }
          if (!sent) return;
          acked.set(message.entity, [...(acked.get(message.entity) ?? []), number]);
          count += 1;
          await pause(50);
        }
      });
      let recovery = 0;
      await until('messages flow', () => count > WINDOW);
      for (let n = 0; n < kills; n += 1) {
        await pause(1_000 + settles);
        await server.kill();
        await pause(500);
        await server.start();
        const began = performance.now();
        const [sent, received] = [count, consumer.count('handled')];
        await until(
          'messages flow again',
          () => count > sent + WINDOW && consumer.count('handled') > received,
          { within: 60_000, every: 20 },
        );
        recovery = Math.max(recovery, performance.now() - began);
      }
      stopping = true;
      await Promise.all(publishing);
      await untilSettled(done, count);
      const late =
        recovery > BOUND ? [`it went on after ${recovery.toFixed(0)} ms, and ${BOUND} are allowed`] : [];
      const result = await ledger({ recovery }, acked);
      // What was on its way and not acknowledged may have arrived all the same.
      const problems = result.problems.filter((it) => !it.startsWith('unsent'));
      return { ...result, problems: [...problems, ...late] };
    },
  };
}

export const killedBrokers: readonly Row[] = BROKER_NAMES.filter((kind) => BROKERS[kind].kills > 0).map(
  killedBroker,
);

const AWAY = 20_000;

export const brokerAway: Row = {
  name: 'broker-away',
  fault: `the broker is away for ${AWAY / 1_000} s while messages are written`,
  broken: 'rows leave the outbox before the broker has them',
  async run(context) {
    const count = context.load(20_000);
    const server = await ownBroker(context, 'nats');
    const { start, done, ledger, own, sum } = await stage(context, { url: server.url });
    await start({ consumer: { name: 'ledger', together: true } });
    await start({ relay: {}, ...(context.broken && { broken: 'removed before sent' }) });
    await start({ write: { from: 1_000_000, count: 100, entities: 10 } });
    await untilSettled(done, 100);
    await server.kill();
    const began = performance.now();
    const writer = await start({ write: { from: 0, count, entities: 10, perTransaction: 20 } });
    await writer.written(count);
    const waiting = (await own.read((tx) => tx.outbox.depth())).count;
    const before = await done();
    await pause(Math.max(0, AWAY - (performance.now() - began)));
    await server.start();
    const back = performance.now();
    await until('messages flow again', async () => (await done()) > before, {
      within: context.broken ? 20_000 : 60_000,
    });
    const recovery = performance.now() - back;
    await untilSettled(done, count + 100);
    const problems = [
      ...(waiting === count ? [] : [`${waiting} of ${count} waited in the outbox while the broker was away`]),
      ...(recovery > BOUND ? [`it went on after ${recovery.toFixed(0)} ms, and ${BOUND} are allowed`] : []),
    ];
    return ledger({ recovery, problems, notes: [`waiting ${waiting}`, `relayed ${sum('relayed')}`] });
  },
};

export const silentConnection: Row = {
  name: 'silent-connection',
  fault: 'the connections to the broker fall silent and never come back; new ones work',
  broken: 'the client looks after its connection as it does by default, each two minutes',
  async run(context) {
    const link = await slowLink((await context.servers.broker('nats')).url);
    context.defer(() => link.close());
    const { start, done, ledger, broker } = await stage(context);
    const through = { broker: { ...broker, url: link.url, ...(context.broken && { careless: true }) } };
    await start({ consumer: { name: 'ledger' }, ...through });
    await start({ relay: {}, ...through });
    const count = 1_000;
    await start({ write: { from: 0, count, entities: 10, perSecond: 100 } });
    await until('messages flow', async () => (await done()) > 50);
    link.silence();
    const began = performance.now();
    // What is under way in the consumer ends.
    await pause(2_000);
    const before = await done();
    await until('messages flow again', async () => (await done()) > before, { within: 2 * BOUND });
    const recovery = performance.now() - began;
    await untilSettled(done, count);
    const problems =
      recovery > BOUND ? [`noticed after ${recovery.toFixed(0)} ms, and ${BOUND} are allowed`] : [];
    return ledger({ recovery, problems });
  },
};
