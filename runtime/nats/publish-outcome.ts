import type { PublishOutcome } from '../ports/publisher.ts';
import type { Connection } from './connect.ts';
import type { PublishAnswer } from './publish-acks.ts';

const MESSAGE_TOO_LARGE_FOR_STREAM = 10054;

/** What it means for the message that it was not stored. */
export async function outcomeOf(
  { client, manager }: Connection,
  subject: string,
  answer: Exclude<PublishAnswer, { readonly kind: 'stored' }>,
): Promise<PublishOutcome> {
  if (answer.kind === 'nobody') {
    return (await hasNoStream(manager, subject))
      ? refused(`no JetStream stream takes ${subject}: does a stream cover it?`)
      : retry(subject, 'JetStream does not answer');
  }
  const { code, reason } = answer;
  if (code === MESSAGE_TOO_LARGE_FOR_STREAM)
    return refused(`the stream does not take the message for ${subject}: ${reason}`);
  return retry(subject, client.isClosed() ? 'the connection was closed' : reason);
}

/** What it means that the client did not send it. */
export function outcomeOfUnsent(
  { client, transport }: Connection,
  subject: string,
  cause: unknown,
): PublishOutcome {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof transport.errors.InvalidArgumentError) {
    const limit = client.info?.max_payload;
    return refused(`NATS does not take the message for ${subject}: ${reason} (${limit} bytes)`, cause);
  }
  return retry(subject, reason, cause);
}

/** Nobody answers while a stream elects its leader, too; then it is there all the same. */
async function hasNoStream(manager: Connection['manager'], subject: string): Promise<boolean> {
  try {
    for await (const _ of manager.streams.names(subject)) return false;
    return true;
  } catch {
    return false;
  }
}

function refused(message: string, cause?: unknown): PublishOutcome {
  return { kind: 'refused', error: new Error(message, { cause }) };
}

function retry(subject: string, reason: string, cause?: unknown): PublishOutcome {
  const error = new Error(`JetStream did not acknowledge a message for ${subject}: ${reason}`, { cause });
  return { kind: 'retry', error };
}
