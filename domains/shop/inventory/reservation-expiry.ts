import { entityDeadlines } from '@chirograph/runtime';
import { nextExpiry } from './stock.ts';

/** Reservations, by product, for orders that did not come to stand in time. */
export const reservationExpiry = entityDeadlines('reservation-expiry', nextExpiry);
