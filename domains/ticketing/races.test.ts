/** What is read to be written back, handled side by side or in another order. */
import { it } from 'vitest';
import { assertSameInAnyOrder, assertSerial, handling } from '../shared/races/fixture.ts';
import { LEVELS } from './fixture.ts';
import { shoppingCartsHandlers } from './shopping-carts/handlers.ts';
import { offers } from './shopping-carts/shopping-carts-service.ts';

const log = () => undefined;
const concertId = 'c-1';

it('a concert that is cancelled stays cancelled, whatever else is told of it and when', async () => {
  const carts = shoppingCartsHandlers({} as never, {} as never, log);
  const created = handling(carts.concertCreated, { data: { concertId, name: 'N', ticketLevels: LEVELS } });
  const levels = handling(carts.ticketLevelsUpdated, { data: { concertId, ticketLevels: {} } });
  const cancelled = handling(carts.concertCancelled, { data: { concertId } });
  const race = { atOnce: [levels, cancelled], seen: offersSeen };
  await assertSerial({ before: [created], ...race });
  await assertSameInAnyOrder({ before: [created], ...race });
  await assertSameInAnyOrder({ atOnce: [created, cancelled], seen: isCancelled });
  await assertSameInAnyOrder({ atOnce: [created, levels], seen: offersSeen });
});

function offersSeen(tx: Parameters<typeof offers>[0]) {
  return offers(tx).get(concertId);
}

async function isCancelled(tx: Parameters<typeof offers>[0]) {
  return (await offersSeen(tx))?.isCancelled;
}
