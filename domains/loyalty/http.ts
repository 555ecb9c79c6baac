/** Who may ask what over HTTP: customers for themselves; owners and tills, who are staff, for the rest. */
import { type HttpApiOptions, HttpProblemError } from '@chirograph/runtime/http';
import { type Authenticate, mustBe, textIn } from '../shared/http/caller.ts';

/** What customers ask for themselves. */
const OF_CUSTOMERS = new Set(['loyalty.customer.enroll', 'loyalty.reward.redeem']);

export function loyaltyCallers(authenticate: Authenticate): Pick<HttpApiOptions, 'about'> {
  return {
    async about(body, command, request) {
      const caller = await authenticate(request);
      if (!caller) throw new HttpProblemError(401, 'unauthenticated', 'Log in first.');
      const asOwner = textIn(body, 'createdBy') ?? textIn(body, 'pausedBy');
      if (caller.kind === 'admin') {
        if (asOwner !== undefined) mustBe(caller, asOwner);
        return {};
      }
      if (!OF_CUSTOMERS.has(command))
        throw new HttpProblemError(403, 'forbidden', 'That is for owners and their tills.');
      mustBe(caller, textIn(body, 'customerId') ?? '');
      if (textIn(body, 'method') !== undefined && textIn(body, 'method') !== 'SELF')
        throw new HttpProblemError(403, 'forbidden', 'Customers enrol by the method SELF.');
      return {};
    },
  };
}
