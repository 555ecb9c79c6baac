import { watchedStore } from '@chirograph/runtime/testing';
import { wire } from '../wire.ts';
import { openBroker } from './broker.ts';
import { newCast } from './cast.ts';
import { chronicle as newChronicle } from './chronicle.ts';
import { printMetrics, printReadModels } from './ending.ts';
import { mailServer } from './mail-server.ts';
import { collectMetrics } from './metrics.ts';
import { playMishaps } from './mishaps.ts';
import type { DemoOptions } from './options.ts';
import type { Page } from './page.ts';
import type { Stage } from './stage.ts';
import { openStore } from './store.ts';
import { playStory } from './story.ts';
import { storyClock } from './story-clock.ts';
import { printFarewell, printTitle } from './title.ts';

/** Sets the stage, plays the story and clears everything away. Rejects with a `StoryError`, a `NoBroker` or a `NoStore`. */
export async function play(options: DemoOptions, page: Page): Promise<void> {
  const began = performance.now();
  const readMetrics = collectMetrics();
  const demoBroker = await openBroker(options.broker);
  const demoStore = await openStore(options.store).catch(async (error: unknown) => {
    await demoBroker.close();
    throw error;
  });
  const store = watchedStore(demoStore.store);
  const clock = storyClock(Date.parse('2026-01-05T08:59Z'));
  const chronicle = newChronicle(clock);
  const mail = mailServer();
  const { broker } = demoBroker;
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
    await demoBroker.close();
    await demoStore.close();
  }
}
