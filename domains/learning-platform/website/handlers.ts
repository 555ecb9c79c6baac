/** The website: it tells those who ask why something was not done. */
import type { WebsiteHandlers } from '@chirograph/generated/learning-platform/consumers/website';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';

/** What the site shows, by the command that was refused. */
export function screens(tx: Transaction) {
  return tx.documents<{ readonly failure: string; readonly text: string }>('website/screens');
}

export function websiteHandlers(log: Log): WebsiteHandlers {
  async function refused(
    {
      payload: { command_id, failure, message: text },
    }: {
      readonly payload: { readonly command_id: string; readonly failure: string; readonly message: string };
    },
    context: Pick<HandlerContext, 'tx' | 'causedBy'>,
  ): Promise<void> {
    await screens(context.tx).put(command_id, { failure, text });
    log(context, `shows: ${text}`);
  }
  return {
    accessCommandRefused: refused,
    courseCommandRefused: refused,
    ordersCommandRefused: refused,
    refundPolicyCommandRefused: refused,
    userCommandRefused: refused,
  };
}
