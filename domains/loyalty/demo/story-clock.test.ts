import { expect, it } from 'vitest';
import { storyClock } from './story-clock.ts';

const HOUR = 3_600_000;
const start = Date.UTC(2026, 0, 5);

it('runs what falls due on the way, in order, and what that sets in turn', async () => {
  const clock = storyClock(start);
  const ran: string[] = [];
  const note = (what: string) => async () => void ran.push(what);
  clock.after(2 * HOUR, note('second'));
  clock.after(HOUR, async () => {
    ran.push('first');
    clock.after(0, note('at once'));
  });
  const cancel = clock.after(HOUR, note('cancelled'));
  cancel();
  const cancelLast = clock.after(4 * HOUR, note('later'));
  await clock.forward(3 * HOUR);
  expect(ran).toEqual(['first', 'second', 'at once']);
  cancelLast();
});

it('is put forward to a moment, and never back', async () => {
  const clock = storyClock(start);
  await clock.forwardTo(start + HOUR);
  expect(clock.now()).toBeGreaterThanOrEqual(start + HOUR);
  await clock.forwardTo(start);
  expect(clock.now()).toBeGreaterThanOrEqual(start + HOUR);
});
