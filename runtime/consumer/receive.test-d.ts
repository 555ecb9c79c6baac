/** What the types of `receive` allow and refuse; checked by tsc alone, never run. */

import type { MessageContract } from '../contract/index.ts';
import {
  type PointsEarned,
  type PointsEarnedV1,
  pointsEarned,
  pointsEarnedFromV1,
  pointsEarnedV1,
} from '../fixtures/points-earned.ts';
import type { SendOptions } from '../producer/create-producer.ts';
import { type Handler, receive } from './receive.ts';

declare const handler: Handler<PointsEarned>;
declare const pointsEarnedV0: MessageContract<{ readonly points: number }>;
declare const pointsEarnedFromV0: (old: { readonly points: number }) => PointsEarned;

receive(pointsEarned, handler);
receive(pointsEarned, (message, { tx }) =>
  tx.documents<number>('points').put(message.aggregateId, message.data.pointsEarned),
);
receive(pointsEarned, handler, [
  { contract: pointsEarnedV1, upcast: pointsEarnedFromV1 },
  { contract: pointsEarnedV0, upcast: pointsEarnedFromV0 },
]);

// @ts-expect-error a handler of another version
receive(pointsEarned, (_: PointsEarnedV1) => undefined);
// @ts-expect-error an upcaster takes its own version
receive(pointsEarned, handler, [{ contract: pointsEarnedV1, upcast: pointsEarnedFromV0 }]);
// @ts-expect-error an upcaster makes the newest version
receive(pointsEarned, handler, [{ contract: pointsEarnedV1, upcast: (old: PointsEarnedV1) => old }]);

// A handler's context says what a producer wants to know.
const sending: Handler<PointsEarned> = (_, context) => void (context satisfies SendOptions);
receive(pointsEarned, sending);
