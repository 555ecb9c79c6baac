/** A story that a domain's services tell on a test bus, scene by scene, and that checks itself. */
import type { LogSink } from '@chirograph/runtime';
import { type TestBus, testBus } from '@chirograph/runtime/testing';

export interface Story {
  readonly bus: TestBus;
  /**
   * One scene: what somebody does, and the messages that have to follow, in this order. Names are without the prefix; others may
   * be sent besides.
   */
  scene(says: string, play: () => Promise<unknown>, ...follows: readonly string[]): Promise<void>;
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

/** Ends the process with 1 when anything does not come out as told. */
export async function tellStory<Services extends Running>(telling: Telling<Services>): Promise<void> {
  try {
    await play(telling);
    process.stdout.write('\n  All came out as told.\n');
  } catch (error) {
    process.stderr.write(`The story went wrong. ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

async function play<Services extends Running>({
  prefix = '',
  begin,
  tell,
}: Telling<Services>): Promise<void> {
  const bus = testBus();
  const said: string[] = [];
  const services = begin(bus, ({ service, did }) => said.push(`    │  ${service.padEnd(20)} ${did}`));
  await services.start();

  const story: Story = {
    bus,
    async scene(says, act, ...follows) {
      const from = bus.published.length;
      said.length = 0;
      process.stdout.write(`\n  ${says}\n`);
      await act();
      await bus.settled();
      const names = bus.published.slice(from).map(({ name = '' }) => name.slice(prefix.length));
      for (const name of names) process.stdout.write(`    ● ${name}\n`);
      process.stdout.write(`${said.join('\n')}\n`);
      let at = -1;
      for (const name of follows) {
        at = names.indexOf(name, at + 1);
        if (at < 0) throw new Error(`${name} should have followed; sent were ${names.join(', ')}`);
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
    await tell(services, story);
  } finally {
    await services.stop();
    await bus.close();
  }
}
