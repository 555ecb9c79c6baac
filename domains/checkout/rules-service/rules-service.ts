/** The rules service: it knows merchants, campaigns and verified users, and checks carts. */
import type { RulesServiceProducer } from '@chirograph/generated/checkout/producers/rules-service';
import { type Clock, type CommandContext, type Store, type Transaction, within } from '@chirograph/runtime';
import { type Campaign, type CartToCheck, judge, type Merchant, type Verdict } from './rules.ts';

export interface RulesService {
  /** Tells what the checks came to, and answers it. */
  validate(cart: CartToCheck & { readonly request_id: string }, context?: CommandContext): Promise<Verdict>;
  putMerchant(merchant_id: string, merchant: Merchant): Promise<void>;
  putCampaign(campaign_code: string, campaign: Campaign): Promise<void>;
  putVerified(user_id: string, isVerified: boolean): Promise<void>;
  isActive(tx: Transaction, merchant_id: string): Promise<boolean>;
}

export interface RulesServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: RulesServiceProducer;
}

export function rulesService({ store, clock, producer }: RulesServiceOptions): RulesService {
  const merchants = (tx: Transaction) => tx.documents<Merchant>('rules-service/merchants');
  const campaigns = (tx: Transaction) => tx.documents<Campaign>('rules-service/campaigns');
  const verified = (tx: Transaction) => tx.documents<{ readonly isVerified: boolean }>('rules-service/users');

  return {
    validate: ({ request_id, ...cart }, context = {}) => {
      const began = clock.now();
      return within(store, context, async (tx) => {
        const { user_id, merchant_id, campaign_code } = cart;
        const verdict = judge(cart, {
          merchant: await merchants(tx).get(merchant_id),
          campaign: campaign_code === undefined ? undefined : await campaigns(tx).get(campaign_code),
          isVerified: (await verified(tx).get(user_id))?.isVerified ?? false,
        });
        const { validations, offer } = verdict;
        const duration_ms = Math.max(0, clock.now() - began);
        const data = { user_id, merchant_id, can_checkout: offer !== undefined, validations, duration_ms };
        await producer.orderValidationCompleted({ data, metadata: { request_id } }, { ...context, tx });
        return verdict;
      });
    },
    putMerchant: (id, merchant) => store.transaction((tx) => merchants(tx).put(id, merchant)),
    putCampaign: (code, campaign) => store.transaction((tx) => campaigns(tx).put(code, campaign)),
    putVerified: (id, isVerified) => store.transaction((tx) => verified(tx).put(id, { isVerified })),
    isActive: async (tx, id) => (await merchants(tx).get(id))?.isActive ?? false,
  };
}
