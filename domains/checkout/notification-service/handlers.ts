/** The notification service: what users are told about their orders. */
import type { NotificationServiceHandlers } from '@chirograph/generated/checkout/consumers/notification-service';
import type { NotificationServiceProducer } from '@chirograph/generated/checkout/producers/notification-service';
import type { NotificationChannel } from '@chirograph/generated/checkout/types';
import type { Clock, Log, Transaction } from '@chirograph/runtime';
import type { Messenger } from './messenger.ts';

const CHANNELS: readonly NotificationChannel[] = ['sms', 'push', 'email'];

/** Confirmations that are prepared, by order: of whom the order is, and from which merchant. */
export function prepared(tx: Transaction) {
  return tx.documents<{ readonly merchant_name: string } | { readonly isOver: true }>(
    'notification-service/prepared',
  );
}

export function notificationServiceHandlers(
  producer: NotificationServiceProducer,
  messenger: Messenger,
  clock: Clock,
  log: Log,
): NotificationServiceHandlers {
  return {
    async orderInitiated({ data: { order_id, merchant_name } }, context) {
      // The end of the order is told on another channel, and may come first.
      if (!(await prepared(context.tx).get(order_id))) {
        await prepared(context.tx).put(order_id, { merchant_name });
      }
      log(context, 'prepares the confirmation');
    },
    async walletDebited({ data }, context) {
      const { transaction_id: id, user_id, coin_type, balance_after } = data;
      await messenger({ id, user_id, channels: ['push'], text: `${balance_after} ${coin_type} left` });
      log(context, `pushes the balance: ${balance_after} ${coin_type}`);
    },
    async orderCreated({ data, metadata: { request_id } }, context) {
      const { order_id, user_id, merchant_name } = data;
      const text = `Your order from ${merchant_name} is on its way: ${data.external_references.bizone_tracking_url}`;
      const sent = await messenger({ id: `${order_id} created`, user_id, channels: CHANNELS, text });
      const channels = CHANNELS.filter((it) => sent[it] !== undefined);
      await prepared(context.tx).put(order_id, { isOver: true });
      const confirmation = {
        order_id,
        user_id,
        channels,
        sent_at: new Date(clock.now()).toISOString(),
        ...(sent.sms === undefined ? {} : { sms_id: sent.sms }),
        ...(sent.push === undefined ? {} : { push_id: sent.push }),
        ...(sent.email === undefined ? {} : { email_id: sent.email }),
      };
      // Of a user who was reached nowhere the contract lets nothing be said: it fails, and is tried again.
      await producer.orderConfirmationSent({ data: confirmation, metadata: { request_id } }, context);
      log(context, `confirms by ${channels.join(', ')}`);
    },
    async orderFailed({ data: { order_id, user_id, rollback_completed } }, context) {
      const text = rollback_completed
        ? 'Your order failed. You have paid nothing.'
        : 'Your order failed. What you have paid comes back.';
      await messenger({ id: `${order_id} failed`, user_id, channels: CHANNELS, text });
      await prepared(context.tx).put(order_id, { isOver: true });
      log(context, `tells the user: ${text}`);
    },
  };
}
