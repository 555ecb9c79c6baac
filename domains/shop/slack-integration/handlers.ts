/** The Slack integration: alerts in the warehouse's channel. */
import type { SlackIntegrationHandlers } from '@chirograph/generated/shop/consumers/slack-integration';
import type { Log, Transaction } from '@chirograph/runtime';

/** What was posted, by the message that led to it. */
export function posts(tx: Transaction) {
  return tx.documents<{ readonly text: string }>('slack-integration/posts');
}

export function slackIntegrationHandlers(log: Log): SlackIntegrationHandlers {
  return {
    async lowStockNotification({ data: { productName, currentStock } }, context) {
      const text = `${currentStock} of ${productName} left`;
      await posts(context.tx).put(context.causedBy.id, { text });
      log(context, `posts: ${text}`);
    },
  };
}
