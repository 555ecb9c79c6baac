/** The app: it tells owners, tills and customers why something was not done. */
import type { AppHandlers } from '@chirograph/generated/loyalty/consumers/app';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';

/** What the app shows, by the command that was refused. */
export function screens(tx: Transaction) {
  return tx.documents<{ readonly failure: string; readonly text: string }>('app/screens');
}

export function appHandlers(log: Log): AppHandlers {
  async function refused(
    {
      data: { commandId, failure, message: text },
    }: { readonly data: { readonly commandId: string; readonly failure: string; readonly message: string } },
    context: HandlerContext,
  ): Promise<void> {
    await screens(context.tx).put(commandId, { failure, text });
    log(context, `shows: ${text}`);
  }
  return { loyaltyCommandRefused: refused, rewardCommandRefused: refused };
}
