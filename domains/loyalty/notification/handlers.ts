/** The notification service: tells customers and business owners what concerns them. */
import type { NotificationHandlers } from '@chirograph/generated/loyalty/consumers/notification';
import type { HandlerContext, Log } from '@chirograph/runtime';
import { takeTurn } from '../../shared/turn.ts';
import { announced, audience, type Mail, type Mailer, type Recipient, sentMails } from './mail.ts';

export function notificationHandlers(mailer: Mailer, log: Log): NotificationHandlers {
  async function send(context: HandlerContext, subject: string, ...recipients: Recipient[]): Promise<void> {
    for (const [index, to] of recipients.entries()) {
      const mail: Mail = { id: `${context.causedBy.id}/${index}`, to, subject };
      await mailer(mail);
      await sentMails(context.tx).put(mail.id, mail);
    }
    const [first] = recipients;
    if (first) log(context, `tells ${nameOf(first, recipients.length)}: "${subject}"`);
  }

  return {
    loyaltyProgramCreated: ({ businessId, data }, context) =>
      send(context, `${data.programName} is ready to be set up`, { kind: 'business', businessId }),
    async loyaltyProgramActivated({ aggregateId, businessId, data }, context) {
      if (await announced(context.tx).get(aggregateId)) {
        log(context, `${data.programName} is back; it was announced before`);
        return;
      }
      await announced(context.tx).put(aggregateId, { programName: data.programName });
      await send(context, `Join ${data.programName}!`, { kind: 'customers-of', businessId });
    },
    async loyaltyProgramPaused({ aggregateId, data }, context) {
      const { customerIds = [] } = (await audience(context.tx).get(aggregateId)) ?? {};
      const customers = customerIds.map((customerId) => ({ kind: 'customer', customerId }) as const);
      await send(context, `${data.programName} takes a break`, ...customers);
    },
    async customerEnrolled({ data: { customerId, programId, programName } }, context) {
      await takeTurn(context.tx, 'audience', programId);
      const { customerIds = [] } = (await audience(context.tx).get(programId)) ?? {};
      await audience(context.tx).put(programId, { customerIds: [...customerIds, customerId] });
      await send(context, `Welcome to ${programName}`, { kind: 'customer', customerId });
    },
    pointsEarned: ({ data }, context) =>
      send(context, `${data.pointsEarned} points for you${until(data.expiresAt)}`, customer(data)),
    pointsExpiring: ({ data }, context) =>
      send(context, `Use ${data.pointsExpiring} points${until(data.expirationDate)}`, customer(data)),
    pointsExpired: ({ data }, context) =>
      send(context, `${data.pointsExpired} points have lapsed`, customer(data)),
    pointsRedeemed: ({ data }, context) => send(context, `Enjoy your ${data.rewardName}`, customer(data)),
    tierUpgraded: ({ data }, context) => send(context, `You are ${data.tierName} now`, customer(data)),
  };
}

function customer({ customerId }: { readonly customerId: string }): Recipient {
  return { kind: 'customer', customerId };
}

function until(expiresAt: string | undefined): string {
  return expiresAt === undefined ? '' : `, until ${expiresAt.slice(0, 10)}`;
}

function nameOf(first: Recipient, count: number): string {
  switch (first.kind) {
    case 'customer':
      return count === 1 ? 'the customer' : `${count} customers`;
    case 'business':
      return 'the owner';
    case 'customers-of':
      return 'all customers';
  }
}
