import { setTimeout as sleep } from 'node:timers/promises';
import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';

/** Messages of one stream, as they come. */
export interface PullLoop {
  /** Asks for no more; resolves when the last one that came is handled. */
  stop(): Promise<void>;
}

export interface PullLoopOptions {
  /** Sees to it that the durable consumer exists, and opens it. */
  open(): Promise<ConsumerMessages>;
  handle(message: JsMsg): Promise<void>;
  /** Told when the consumer broke off; it is opened again. */
  onFault(error: unknown): void;
  /** Milliseconds before it is opened again. */
  readonly pause: number;
}

/** Takes messages one after the other until stopped, whatever becomes of the server. Rejects when it cannot begin. */
export async function pullLoop({ open, handle, onFault, pause }: PullLoopOptions): Promise<PullLoop> {
  let messages: ConsumerMessages | undefined = await open();
  let stopped = false;

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        messages ??= await open();
        for await (const message of messages) await handle(message);
      } catch (error) {
        if (!stopped) onFault(error);
      }
      messages = undefined;
      if (!stopped) await sleep(pause);
    }
  }

  const running = run();
  return {
    async stop() {
      stopped = true;
      // Before the message under way is acknowledged: else the server would send the next one to nobody.
      void messages?.close();
      await running;
    },
  };
}
