/** Who may ask what over HTTP: admins and users in their own names; the rest are the rules of the services. */
import type { HttpApiOptions } from '@chirograph/runtime/http';
import { type Authenticate, mustBe, textIn } from '../shared/http/caller.ts';

/** What visitors, users and admins ask for. The others are what a purchase needs of the services. */
export const ASKED_FROM_OUTSIDE = {
  users: ['registerUser', 'updateUserRole'],
  reservations: ['cancelReservation'],
} as const;

/** @param subject the field of a body that names what the command is about */
export function ticketingCallers(authenticate: Authenticate, subject: string): Pick<HttpApiOptions, 'about'> {
  return {
    async about(body, command, request) {
      const caller = await authenticate(request);
      const adminId = textIn(body, 'adminId');
      const userId = textIn(body, 'userId');
      // Who registers is nobody yet, and an admin speaks of another user.
      if (adminId !== undefined) mustBe(caller, adminId);
      else if (userId !== undefined && command !== 'ticketing.user.register') mustBe(caller, userId);
      return { subject: textIn(body, subject) };
    },
  };
}
