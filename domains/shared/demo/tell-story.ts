/** A story that a domain's services tell, scene by scene, on any broker and store, and that checks itself. */
import { randomUUID } from 'node:crypto';
import type { LogSink } from '@chirograph/runtime';
import { type TestBus, testBus } from '@chirograph/runtime/testing';
import { openBroker } from '../infrastructure/broker.ts';
import type { Infrastructure } from '../infrastructure/options.ts';
import { openStore } from '../infrastructure/store.ts';
import { StoryError } from './story-error.ts';

export interface Story {
  readonly bus: TestBus;
  /**
   * One scene: what somebody does, and the messages that have to follow, in this order; those of an array come from branches that
   * run side by side. Names are without the prefix; others may be sent besides.
   */
  scene(
    says: string,
    play: () => Promise<unknown>,
    ...follows: readonly (string | readonly string[])[]
  ): Promise<void>;
  /** A field of the data of the last message of a name (without the prefix). */
  last(name: string, field: string): string;
}

interface Running {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface Telling<Services extends Running> {
  /** What the names of all messages begin with: `shop.`. */
  readonly prefix?: string;
  /** Wires the services on the story's bus, with its clock. */
  begin(bus: TestBus, log: LogSink): Services;
  tell(services: Services, story: Story): Promise<void>;
}

/** Rejects with a `StoryError` when anything does not come out as told, and with `BrokerUnavailableError` or `StoreUnavailableError` when it cannot begin. */
export async function tellStory<Services extends Running>(
  { prefix = '', begin, tell }: Telling<Services>,
  infrastructure: Infrastructure,
  print: (text: string) => void,
): Promise<void> {
  const { bus, close } = await setUp(infrastructure, print);
  const said: string[] = [];
  const services = begin(bus, ({ service, did }) => said.push(`    │  ${service.padEnd(20)} ${did}`));

  const story: Story = {
    bus,
    async scene(says, act, ...follows) {
      const from = bus.published.length;
      said.length = 0;
      print(`\n  ${says}\n`);
      await act();
      await bus.settled();
      const names = bus.published.slice(from).map(({ name = '' }) => name.slice(prefix.length));
      for (const name of names) print(`    ● ${name}\n`);
      print(`${said.join('\n')}\n`);
      let at = -1;
      for (const step of follows) {
        const places = [step].flat().map((name) => {
          const found = names.indexOf(name, at + 1);
          if (found >= 0) return found;
          throw new StoryError(`${name} should have followed; sent were ${names.join(', ') || 'none'}`);
        });
        at = Math.max(...places);
      }
    },
    last(name, field) {
      const payload = bus.published.findLast((it) => it.name === `${prefix}${name}`)?.payload as
        | { readonly data: Readonly<Record<string, unknown>> }
        | undefined;
      return String(payload?.data[field]);
    },
  };
  try {
    await services.start();
    await tell(services, story);
  } catch (error) {
    throw error instanceof StoryError ? error : new StoryError(String(error), { cause: error });
  } finally {
    await services.stop();
    await close();
  }
}

/** A bus for one story, on what was asked for; nothing of others is in it, and nothing is left behind. */
async function setUp(
  { broker: url, store: where }: Infrastructure,
  print: (text: string) => void,
): Promise<{ readonly bus: TestBus; close(): Promise<void> }> {
  const run = randomUUID().slice(0, 8);
  const broker = url === undefined ? undefined : await openBroker(url, `demo-${run}`);
  const store =
    where === undefined
      ? undefined
      : await openStore(where, `demo_${run}`).catch(async (error: unknown) => {
          await broker?.broker.close();
          throw error;
        });
  print(`  On ${broker?.name ?? 'a broker in memory'} and ${store?.name ?? 'SQLite, in memory'}.\n`);
  const bus = testBus({ broker: broker?.broker, store: store?.store });
  return {
    bus,
    async close() {
      await bus.close();
      await broker?.remove();
      await store?.remove();
    },
  };
}
