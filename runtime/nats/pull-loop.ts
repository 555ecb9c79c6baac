import { setTimeout as sleep } from 'node:timers/promises';
import type { Pull } from './pull.ts';
import type { Received } from './received.ts';

/** Messages of one stream, as they come. */
export interface PullLoop {
  /** Asks for no more; resolves when the last one that came is handled. */
  stop(): Promise<void>;
}

export interface PullLoopOptions {
  /** What is left of the time before is forgotten here, at once when it is over. */
  reset(): Promise<void>;
  /** Resolves when there is a server to ask. */
  whenConnected(): Promise<void>;
  /** Sees to it that the durable consumer exists, and asks it for messages. */
  open(received: (message: Received) => void): Promise<Pull>;
  /** Called with one message after the other. */
  handle(message: Received): Promise<void> | void;
  /** Told when the consumer broke off or could not be opened; it is opened again. */
  onFault(error: unknown): void;
  /** Milliseconds before it is opened again. */
  readonly pause: number;
}

/** Takes messages until stopped, whatever becomes of the server. */
export function pullLoop(options: PullLoopOptions): PullLoop {
  const { reset, whenConnected, open, handle, onFault, pause } = options;
  let pulling: Pull | undefined;
  let stopped = false;
  const stopping = Promise.withResolvers<void>();
  /** The one that is being handled, when that takes its time: the others wait for it. */
  let handling: Promise<void> | undefined;

  function received(message: Received): void {
    const taking = handling ? handling.then(() => handle(message)) : handle(message);
    if (!taking) return;
    const done: Promise<void> = taking.catch(onFault).then(() => {
      if (handling === done) handling = undefined;
    });
    handling = done;
  }

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        await reset();
        await Promise.race([whenConnected(), stopping.promise]);
        if (stopped) break;
        pulling = await open(received);
        if (stopped) await pulling.stop();
        const error = await pulling.ended;
        if (error && !stopped) onFault(error);
      } catch (error) {
        if (!stopped) onFault(error);
      }
      pulling = undefined;
      if (!stopped) await sleep(pause);
    }
    await handling;
  }

  const running = run();
  return {
    async stop() {
      stopped = true;
      stopping.resolve();
      await pulling?.stop();
      await running;
    },
  };
}
