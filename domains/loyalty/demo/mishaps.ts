import { randomUUID } from 'node:crypto';
import { type Broker, deadLetters } from '@chirograph/runtime';
import { assertTold, StoryError } from '../../shared/demo/story-error.ts';
import { programFigures } from '../analytics/handlers.ts';
import { stock } from '../inventory/handlers.ts';
import type { Cast } from './cast.ts';
import type { Passage, PassageOutcome } from './chronicle.ts';
import type { MailServer } from './mail-server.ts';
import { chapter, type Stage, scene } from './stage.ts';
import { printOutcomes } from './timeline.ts';

/** A handler that fails twice, a message that nobody can handle, and a duplicate. */
export async function playMishaps(
  stage: Stage,
  cast: Cast,
  programId: string,
  outside: { readonly mail: MailServer; readonly broker: Broker },
): Promise<void> {
  await failTwice(stage, cast, programId, outside.mail);
  const redeemed = await poison(stage, cast);
  await duplicate(stage, cast, programId, redeemed, outside.broker);
}

async function failTwice(
  stage: Stage,
  { ada: customerId }: Cast,
  programId: string,
  mail: MailServer,
): Promise<void> {
  const { loyalty } = stage.domain;
  chapter(stage, '7  A handler fails: it is tried again, after the delays that the contract states');
  await scene(stage, {
    at: '2027-03-15 09:00',
    says: 'The shop opens again. The programme was announced before, so nobody is mailed.',
    play: () => loyalty.activateProgram({ programId }),
    follows: ['loyalty.program.activated 1.0'],
  });
  mail.failNext(2);
  await scene(stage, {
    at: '2027-03-15 09:30',
    says: 'Ada buys a coffee for 5.00. The mail server does not answer at first.',
    play: () => loyalty.earnPoints({ programId, customerId, purchaseId: randomUUID(), amount: 5 }),
    follows: ['loyalty.points.earned 2.0'],
    async meanwhile(passages) {
      const earned = only(passages);
      for (const delay of [1_000, 5_000]) await nextTry(stage, earned, 'notification', delay);
      const kinds = triesOf(earned, 'notification').map(({ what }) => what.kind);
      assertTold('the mail goes out at the third try', kinds, ['retrying', 'retrying', 'handled']);
    },
  });
}

async function poison(stage: Stage, { ada: customerId, stickers }: Cast): Promise<Passage> {
  chapter(stage, '8  No try helps: the message goes to the dead letters, everything else goes on');
  const { clock, chronicle, page, store } = stage;
  const { passages } = await scene(stage, {
    at: '2027-03-16 10:00',
    says: 'Ada takes the sticker set. The stockroom has never heard of it.',
    play: () => stage.domain.reward.redeem({ customerId, rewardId: stickers }),
    follows: ['loyalty.points.redeemed 1.0'],
    async meanwhile(published) {
      for (const delay of [1_000, 5_000, 25_000]) await nextTry(stage, only(published), 'inventory', delay);
    },
  });
  const redeemed = only(passages);
  const letters = deadLetters(store, { clock, observe: chronicle.observe });
  const [letter, ...others] = await letters.list();
  assertTold('one message is dead', others.length, 0);
  assertTold('the message is dead', letter?.reason, 'retries-exhausted');

  const tries = triesOf(redeemed, 'inventory').length;
  page.line();
  page.line([
    { text: '  2027-03-16 10:30  ', style: 'yellow' },
    { text: `Somebody puts 50 sticker sets on the books and redrives ${letter?.id}.` },
  ]);
  await clock.forwardTo(Date.parse('2027-03-16T10:30Z'));
  await store.transaction((tx) =>
    stock(tx).put(stickers, { kind: 'physical', name: 'Sticker set', left: 50, owed: 0 }),
  );
  await letters.redrive(letter?.id ?? '');
  await chronicle.until(() => triesOf(redeemed, 'inventory').length > tries, 'the dead letter is handled');
  printOutcomes(page, triesOf(redeemed, 'inventory').slice(tries), '    │ ');
  assertTold('no message is dead any more', await letters.list(), []);
  return redeemed;
}

async function duplicate(
  stage: Stage,
  { stickers }: Cast,
  programId: string,
  { message, outcomes }: Passage,
  broker: Broker,
): Promise<void> {
  chapter(stage, '9  The broker delivers an event again: nobody counts it twice');
  const { chronicle, page, store } = stage;
  const facts = () =>
    store.transaction(async (tx) => [await stock(tx).get(stickers), await programFigures(tx).get(programId)]);
  const [before, first] = [await facts(), outcomes.length];
  const consumers = new Set(outcomes.map(({ consumer }) => consumer));
  page.line();
  page.line([
    { text: '  2027-03-16 10:31  ', style: 'yellow' },
    { text: 'The same redemption comes once more, as if it were a new message.' },
  ]);
  await stage.clock.forwardTo(Date.parse('2027-03-16T10:31Z'));
  const { identity: _, ...sameEvent } = message;
  await broker.publish([{ ...sameEvent, id: randomUUID() }]);
  await chronicle.until(() => outcomes.length >= first + consumers.size, 'the duplicate arrives');
  const again = outcomes.slice(first);
  printOutcomes(page, again, '    │ ');
  assertTold(
    'all are duplicates',
    again.every(({ what }) => what.kind === 'duplicate'),
    true,
  );
  assertTold('nothing was counted twice', await facts(), before);
}

/** Lets so much time pass and waits until the consumer has tried again. */
async function nextTry(stage: Stage, passage: Passage, consumer: string, delay: number): Promise<void> {
  const tries = triesOf(passage, consumer).length;
  // The retry's timer has to be set before the clock can reach it.
  await stage.store.quiet();
  await stage.clock.forward(delay);
  await stage.chronicle.until(() => triesOf(passage, consumer).length > tries, `${consumer} tries again`);
}

function triesOf({ outcomes }: Passage, consumer: string): readonly PassageOutcome[] {
  return outcomes.filter((outcome) => outcome.consumer === consumer);
}

function only(passages: readonly Passage[]): Passage {
  const [passage] = passages;
  if (!passage) throw new StoryError('nothing was published');
  return passage;
}
