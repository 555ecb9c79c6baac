import type { PublishOutcome } from '../ports/publisher.ts';
import type { Connection } from './connect.ts';

const MESSAGE_TOO_LARGE_FOR_STREAM = 10054;

/** What the failure of one publish means for the message. */
export async function outcomeOf(
  connection: Connection,
  subject: string,
  cause: unknown,
): Promise<PublishOutcome> {
  const { client, manager, transport } = connection;
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof transport.errors.InvalidArgumentError) {
    const limit = client.info?.max_payload;
    return refused(`NATS does not take the message for ${subject}: ${reason} (${limit} bytes)`, cause);
  }
  if (isApiError(cause, MESSAGE_TOO_LARGE_FOR_STREAM)) {
    return refused(`the stream does not take the message for ${subject}: ${reason}`, cause);
  }
  if (cause instanceof transport.errors.PermissionViolationError) {
    return refused(`publishing to ${subject} is not permitted: ${reason}`, cause);
  }
  if (cause instanceof Error && cause.name === 'JetStreamNotEnabled' && (await hasNoStream())) {
    return refused(`no JetStream stream takes ${subject}: does a stream cover it?`, cause);
  }
  const error = new Error(`JetStream did not acknowledge a message for ${subject}: ${reason}`, { cause });
  return { kind: 'retry', error };

  /** Nobody answers while a stream elects its leader, too; then it is there all the same. */
  async function hasNoStream(): Promise<boolean> {
    try {
      for await (const _ of manager.streams.names(subject)) return false;
      return true;
    } catch {
      return false;
    }
  }
}

function refused(message: string, cause: unknown): PublishOutcome {
  return { kind: 'refused', error: new Error(message, { cause }) };
}

function isApiError(error: unknown, code: number): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
