/** The storefront: it tells users why there is no order. */
import type { StorefrontHandlers } from '@chirograph/generated/checkout/consumers/storefront';
import type { Log, Transaction } from '@chirograph/runtime';

/** What the storefront shows, by the request that was refused. */
export function screens(tx: Transaction) {
  return tx.documents<{ readonly failure: string; readonly text: string }>('storefront/screens');
}

export function storefrontHandlers(log: Log): StorefrontHandlers {
  return {
    async orderCommandRefused({ data: { failure, message: text }, metadata: { request_id } }, context) {
      await screens(context.tx).put(request_id, { failure, text });
      log(context, `shows: ${text}`);
    },
  };
}
