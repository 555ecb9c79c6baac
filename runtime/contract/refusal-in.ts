import type { WireMessage } from '../ports/message.ts';

/** A refusal as an event tells it. */
export interface ToldRefusal {
  /** The command's name. */
  readonly command: string;
  /** Which of the command's failures it is, as a code. */
  readonly failure: string;
  /** The same for people, where the event has it. */
  readonly message?: string;
}

/** The refusal that a message tells: its data has the fields `command` and `failure`, at the top or one level below. */
export function refusalIn({
  body,
  contentType,
}: Pick<WireMessage, 'body' | 'contentType'>): ToldRefusal | undefined {
  if (!contentType.includes('json')) return undefined;
  let payload: unknown;
  try {
    payload = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
  if (typeof payload !== 'object' || payload === null) return undefined;
  for (const it of [payload, ...Object.values(payload)]) {
    if (typeof it !== 'object' || it === null || !('command' in it) || !('failure' in it)) continue;
    const { command, failure } = it;
    if (typeof command !== 'string' || typeof failure !== 'string') continue;
    return 'message' in it && typeof it.message === 'string'
      ? { command, failure, message: it.message }
      : { command, failure };
  }
  return undefined;
}
