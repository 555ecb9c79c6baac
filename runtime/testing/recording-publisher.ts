import { bytesCodec, codecOf } from '../contract/codec.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Publisher } from '../ports/publisher.ts';

/** A message as it went out, with its payload read. */
export interface PublishedMessage {
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** By the content type: bytes of all but JSON and text; `undefined` when the body is not what that says. */
  readonly payload: unknown;
  readonly message: WireMessage;
}

export interface RecordingPublisher extends Publisher {
  /** All that was published so far, oldest first. */
  readonly published: readonly PublishedMessage[];
}

/** Notes what is published, and hands it on when there is somebody to hand it to. */
export function recordingPublisher(next?: Publisher): RecordingPublisher {
  const published: PublishedMessage[] = [];
  return {
    published,
    async publish(messages, options) {
      published.push(...messages.map(({ deduplicationId: _, ...message }) => read(message)));
      return (await next?.publish(messages, options)) ?? messages.map(() => ({ kind: 'acked' }));
    },
  };
}

function read(message: WireMessage): PublishedMessage {
  const codec = codecOf(message) ?? bytesCodec;
  let payload: unknown;
  try {
    payload = codec.decode(message.body);
  } catch {
    payload = undefined;
  }
  return { name: message.name, version: message.version, payload, message };
}
