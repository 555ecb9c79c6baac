/** What the wallet service does when an order has failed. */
import type { WalletServiceHandlers } from '@chirograph/generated/checkout/consumers/wallet-service';
import type { Log } from '@chirograph/runtime';
import type { WalletService } from './wallet-service.ts';

export function walletServiceHandlers(service: WalletService, log: Log): WalletServiceHandlers {
  return {
    /** Whatever `rollback_completed` says: the wallet knows best what it has taken. */
    async orderFailed({ data: { user_id, order_id }, metadata: { request_id } }, context) {
      const outcome = await service.closeOrder({ user_id, order_id, request_id }, context);
      const back =
        outcome.kind === 'accepted' ? outcome.events.find((it) => it.type === 'CoinsRefunded') : undefined;
      log(context, back ? `gives ${back.data.total_refunded} coins back` : 'no coins to give back');
    },
  };
}
