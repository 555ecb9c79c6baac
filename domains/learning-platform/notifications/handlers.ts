/** The notifications service: what users are told. */
import type { NotificationsHandlers } from '@chirograph/generated/learning-platform/consumers/notifications';
import type { HandlerContext, Log } from '@chirograph/runtime';

/** Sends a message to a user, whose address it knows, or to an address. The same id is the same message. */
export type Mailer = (mail: {
  readonly id: string;
  readonly userId: string;
  readonly address?: string | undefined;
  readonly text: string;
}) => Promise<void>;

export function notificationsHandlers(mailer: Mailer, log: Log): NotificationsHandlers {
  async function tell(
    context: Pick<HandlerContext, 'tx' | 'causedBy'>,
    userId: string,
    text: string,
  ): Promise<void> {
    await mailer({ id: context.causedBy.id, userId, text });
    log(context, `mails: "${text}"`);
  }
  return {
    userRegistered: ({ payload: { user_id, name } }, context) => tell(context, user_id, `Welcome, ${name}`),
    userProfileUpdated: ({ payload: { user_id } }, context) =>
      tell(context, user_id, 'Your profile was changed'),
    async userEmailChanged({ payload: { user_id: userId, old_email, new_email } }, context) {
      const { id } = context.causedBy;
      const text = 'Your e-mail address was changed';
      await mailer({ id: `${id}:old`, userId, address: old_email, text });
      await mailer({ id: `${id}:new`, userId, address: new_email, text });
      log(context, `mails both addresses: "${text}"`);
    },
    orderCancelled: ({ payload: { user_id } }, context) => tell(context, user_id, 'Your order is cancelled'),
    courseAccessGranted: ({ payload: { user_id } }, context) => tell(context, user_id, 'Your course is open'),
    accessRevoked: ({ payload: { user_id, reason } }, context) =>
      tell(
        context,
        user_id,
        reason === 'order_refunded'
          ? 'Your order was refunded, and its course is closed'
          : 'Your course is closed: you broke the terms',
      ),
    accessExpired: ({ payload: { user_id, expired_at } }, context) =>
      tell(context, user_id, `Your access ended on ${expired_at.slice(0, 10)}`),
  };
}
