/** The admins' tool: it shows why something was refused. */
import type { AdminHandlers } from '@chirograph/generated/ticketing/consumers/admin';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';

/** By the command that was refused. */
export function notices(tx: Transaction) {
  return tx.documents<{ readonly failure: string; readonly message: string }>('admin/notices');
}

export function adminHandlers(log: Log): AdminHandlers {
  async function refused(
    { data }: { readonly data: { commandId: string; failure: string; message: string } },
    context: HandlerContext,
  ): Promise<void> {
    const { commandId, failure, message } = data;
    await notices(context.tx).put(commandId, { failure, message });
    log(context, `shows: ${message}`);
  }
  return { concertsCommandRefused: refused, usersCommandRefused: refused };
}
