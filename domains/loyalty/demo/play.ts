import { randomUUID } from 'node:crypto';
import { watchedStore } from '@chirograph/runtime/testing';
import type { Page } from '../../shared/demo/page.ts';
import { openBroker } from '../../shared/infrastructure/broker.ts';
import type { Infrastructure } from '../../shared/infrastructure/options.ts';
import { openStore } from '../../shared/infrastructure/store.ts';
import { wire } from '../wire.ts';
import { newCast } from './cast.ts';
import { chronicle as newChronicle } from './chronicle.ts';
import { printMetrics, printReadModels } from './ending.ts';
import { mailServer } from './mail-server.ts';
import { collectMetrics } from './metrics.ts';
import { playMishaps } from './mishaps.ts';
import type { Stage } from './stage.ts';
import { playStory } from './story.ts';
import { storyClock } from './story-clock.ts';
import { printFarewell, printTitle } from './title.ts';

/** Sets the stage, plays the story and clears everything away. Rejects with a `StoryError`, a `BrokerUnavailableError` or a `StoreUnavailableError`. */
export async function play(options: Infrastructure, page: Page): Promise<void> {
  const began = performance.now();
  const readMetrics = collectMetrics();
  const run = randomUUID().slice(0, 8);
  const demoBroker = await openBroker(options.broker, `demo-${run}`);
  const { broker } = demoBroker;
  const demoStore = await openStore(options.store, `demo_${run}`).catch(async (error: unknown) => {
    await broker.close();
    throw error;
  });
  const store = watchedStore(demoStore.store);
  const clock = storyClock(Date.parse('2026-01-05T08:59Z'));
  const chronicle = newChronicle(clock);
  const mail = mailServer();
  const domain = wire({
    store,
    broker: chronicle.listening(broker),
    clock,
    observe: chronicle.observe,
    log: chronicle.log,
    mailer: mail.mailer,
  });
  const stage: Stage = { domain, store, clock, chronicle, page };
  const cast = newCast();

  try {
    await domain.start();
    printTitle(page, { broker: demoBroker.name, store: demoStore.name });
    const programId = await playStory(stage, cast);
    await playMishaps(stage, cast, programId, { mail, broker });
    await printReadModels(stage, cast, programId);
    printMetrics(stage, await readMetrics());
    printFarewell(page, performance.now() - began, options);
  } finally {
    await domain.stop();
    await broker.close();
    await store.close();
    await demoBroker.remove();
    await demoStore.remove();
  }
}
