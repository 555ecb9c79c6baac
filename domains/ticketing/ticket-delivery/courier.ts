import type { Address, Tickets } from '@chirograph/generated/ticketing/types';

/**
 * What carries tickets: a mail server, a print shop. It is outside the transaction: after a crash the same delivery may be
 * handed over again, under the same id.
 */
export type Courier = (parcel: {
  readonly deliveryId: string;
  readonly tickets: Tickets;
  readonly to: { readonly email: string } | { readonly address: Address };
}) => Promise<void>;
