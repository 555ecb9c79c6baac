/** The log of a user's activity: which coins went where. */
import type { UserActivityLogHandlers } from '@chirograph/generated/checkout/consumers/user-activity-log';
import type { CoinType } from '@chirograph/generated/checkout/types';
import type { Log } from '@chirograph/runtime';
import { records } from '../records.ts';

export interface Activity {
  readonly user_id: string;
  readonly order_id: string;
  readonly coin_type: CoinType;
  readonly amount: number;
  readonly at: string;
}

/** By transaction. */
export const activities = records<Activity>('user-activity-log/activities', 'wallet.debited');

export function userActivityLogHandlers(log: Log): UserActivityLogHandlers {
  return {
    async walletDebited({ timestamp, data }, context) {
      const { transaction_id, user_id, coin_type, amount, related_entity } = data;
      const activity = { user_id, order_id: related_entity.id, coin_type, amount, at: timestamp };
      await activities.put(context.tx, transaction_id, activity, timestamp);
      log(context, `notes ${amount} ${coin_type}`);
    },
  };
}
