import type { NotificationChannel } from '@chirograph/generated/checkout/types';

/** What a user is told. It names the user by id: numbers and addresses are looked up by the messenger. */
export interface Notification {
  /** The same at every try, so that a repeat can be dropped. */
  readonly id: string;
  readonly user_id: string;
  /** The ways on which it may go; it goes on those that the user has. */
  readonly channels: readonly NotificationChannel[];
  readonly text: string;
}

/** Answers the id of what went out on each channel. Rejects when nothing can be sent now. */
export type Messenger = (
  notification: Notification,
) => Promise<Readonly<Partial<Record<NotificationChannel, string>>>>;
