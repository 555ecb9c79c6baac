/** The customer service: profiles and segments, and which programmes take enrolments. */
import type { CustomerHandlers } from '@chirograph/generated/loyalty/consumers/customer';
import type { Log, Transaction } from '@chirograph/runtime';
import { takeTurn } from '../../shared/turn.ts';

/** What a customer takes part in, by customer. */
export interface Profile {
  /** By programme. */
  readonly memberships: Readonly<Record<string, Membership>>;
}

export interface Membership {
  readonly programName: string;
  /** The tier the customer has risen to; absent before the first rise. */
  readonly segment?: string;
}

export function profiles(tx: Transaction) {
  return tx.documents<Profile>('customer/profiles');
}

/** Which programmes take enrolments, by programme. */
export function openPrograms(tx: Transaction) {
  return tx.documents<{ readonly programName: string; readonly open: boolean }>('customer/open-programs');
}

export function customerHandlers(log: Log): CustomerHandlers {
  async function join(tx: Transaction, customerId: string, programId: string, membership: Membership) {
    await takeTurn(tx, 'profiles', customerId);
    const profile = await profiles(tx).get(customerId);
    await profiles(tx).put(customerId, { memberships: { ...profile?.memberships, [programId]: membership } });
  }

  return {
    async loyaltyProgramActivated({ aggregateId, data: { programName } }, context) {
      await openPrograms(context.tx).put(aggregateId, { programName, open: true });
      log(context, `${programName} takes enrolments`);
    },
    async loyaltyProgramPaused({ aggregateId, data: { programName } }, context) {
      await openPrograms(context.tx).put(aggregateId, { programName, open: false });
      log(context, `${programName} takes no enrolments`);
    },
    async customerEnrolled({ data: { customerId, programId, programName } }, context) {
      await join(context.tx, customerId, programId, { programName });
      log(context, `profile: now in ${programName}`);
    },
    async tierUpgraded({ data: { customerId, programId, tierName: segment } }, context) {
      const profile = await profiles(context.tx).get(customerId);
      const programName = profile?.memberships[programId]?.programName ?? '';
      await join(context.tx, customerId, programId, { programName, segment });
      log(context, `segment: ${segment}`);
    },
  };
}
