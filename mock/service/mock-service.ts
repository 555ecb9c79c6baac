import type { NodeId } from '@chirograph/contract/model';
import {
  type Broker,
  type Cancel,
  type Clock,
  deliverEach,
  readText,
  type Subscription,
  type Violation,
  type WireMessage,
} from '@chirograph/runtime';
import { inspect } from '../checks/inspect.ts';
import type { Destination } from '../compose/place.ts';
import { type Contracts, fullName } from '../contracts/contracts.ts';
import { delivery } from '../faults/delivery.ts';
import type { FaultRates } from '../faults/faults.ts';
import type { Sent } from '../journal/happening.ts';
import type { Journal } from '../journal/journal.ts';
import { intervalOf, type Rates } from '../rates/rates.ts';
import { follow } from '../script/follow.ts';
import { type Cue, newestOfEach, type Role } from '../script/role.ts';
import { stories } from '../script/story.ts';
import { type Cause, causeOf, partsOf } from './cause.ts';
import { composeMessage, type Occasion, type Wishes } from './compose-message.ts';
import { receivedOf, sentOf } from './record.ts';

export interface MockServiceOptions {
  readonly contracts: Contracts;
  readonly broker: Broker;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly seed: number;
  readonly faults: FaultRates;
  readonly rates: Rates;
  /** The names of flows to be followed where several would fit. */
  readonly flows: readonly string[];
}

/** One service, run from its contract. */
export interface MockService {
  readonly role: Role;
  /** Milliseconds between two messages of each kind that it sends by itself. */
  readonly intervals: ReadonlyMap<NodeId, number>;
  /** The names of messages, each once. */
  names(messages: readonly NodeId[]): readonly string[];
  /** Resolves when the service hears; then it begins to send. */
  start(): Promise<void>;
  /** Sends a message now, without faults. */
  publish(message: NodeId, wishes?: Wishes): Promise<Published>;
  /** Hears and begins nothing more; resolves when what is under way, or held back, is sent. */
  stop(): Promise<void>;
}

export type Published =
  | { readonly kind: 'published'; readonly sent: Sent }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] };

/** As many messages are recognised when they come again. */
const REMEMBERED = 10_000;

/** Where the message that is answered wants its answer, if it says so. */
function destinationOf({ replyTo }: Cue, { parts }: Cause): Destination | undefined {
  const address = readText(replyTo, parts);
  return address === undefined ? undefined : { address, parameters: [] };
}

export function mockService(role: Role, options: MockServiceOptions): MockService {
  const { contracts, broker, clock, journal, seed, faults, rates } = options;
  const service = fullName(role.service);
  const told = stories();
  const heard = [...role.receives, ...role.overhears].map((id) => contracts.message(id));
  const out = delivery(broker, {
    clock,
    seed,
    onLost: (message, error) => trouble(`${message.name} was not sent`, error),
  });
  const intervals = new Map(
    // Older versions come by the fault `old`.
    newestOfEach(role.sends.map((id) => contracts.message(id).message)).flatMap((message) => {
      const interval = intervalOf(rates, message, role.opens.includes(message.id));
      return interval === undefined ? [] : [[message.id, interval] as const];
    }),
  );
  const seen = new Set<string>();
  const timers = new Map<NodeId, Cancel>();
  let subscription: Subscription | undefined;
  const opened = new Map<string, number>();

  function trouble(what: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    journal.add({ kind: 'trouble', at: clock.now(), service, problem: `${what}: ${reason}` });
  }

  /** Never rejects: a message that a mock cannot deal with would only come again. */
  async function hear(message: WireMessage): Promise<void> {
    await takeIn(message).catch((error: unknown) =>
      trouble(`${message.name ?? message.channel} ${message.id} cannot be read`, error),
    );
  }

  async function takeIn(message: WireMessage): Promise<void> {
    const inspection = inspect(message, heard);
    const cause =
      inspection.kind === 'known' ? causeOf(inspection.known, message, inspection.parts) : undefined;
    journal.add(
      receivedOf(message, inspection, {
        at: clock.now(),
        service,
        cause,
        again: cause !== undefined && seen.has(cause.identity),
        overheard: cause !== undefined && role.overhears.includes(cause.known.message.id),
      }),
    );
    if (!cause || inspection.kind !== 'known') return;
    remember(cause.identity);
    if (inspection.violations.length === 0) await goOn(cause);
  }

  function remember(identity: string): void {
    seen.add(identity);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
  }

  /** Sends what follows from a message, heard or sent. */
  async function goOn(cause: Cause): Promise<void> {
    const { correlationId } = cause;
    const { id } = cause.known.message;
    const story = told.hear(correlationId, id, cause.facts);
    for (const cue of follow(contracts.workspace, role, story, id, options.flows)) {
      const mark = `${cue.flow ?? ''}\n${cue.send}\n${cue.after.flat().join()}\n${cause.entity}`;
      if (told.of(correlationId).taken.has(mark)) continue;
      told.take(correlationId, mark);
      await answer(cue, cause).catch((error: unknown) => {
        told.giveBack(correlationId, mark);
        trouble(`nothing follows ${cause.known.contract.name} ${cause.id}`, error);
      });
    }
  }

  async function answer(cue: Cue, cause: Cause): Promise<void> {
    const { facts } = told.of(cause.correlationId);
    const channel = destinationOf(cue, cause) ?? role.sendsOn.get(cue.send);
    if (cue.replyTo && !channel) {
      throw new Error(
        `it does not say where it wants the answer, at /${cue.replyTo.path.join('/')} of its ${cue.replyTo.in}`,
      );
    }
    await say(cue.send, { id: cause.id, cause, facts }, faults, channel);
  }

  async function say(
    id: NodeId,
    occasion: Occasion,
    withFaults: FaultRates,
    channel: Destination | undefined = role.sendsOn.get(id),
  ): Promise<Published> {
    const said = await composeMessage(contracts.message(id), occasion, {
      contracts,
      channel,
      inbox: role.inboxes.get(id),
      service: role.service.name,
      clock,
      seed,
      faults: withFaults,
    });
    if (said.kind === 'refused') return said;
    const { known: of, message } = said;
    const parts = partsOf(of, message);
    const cause = causeOf(of, message, parts);
    const sent = sentOf(message, cause, {
      at: clock.now(),
      service,
      faults: said.faults,
      payload: parts.payload,
      answers: occasion.cause,
    });
    // Told before it is done, so that no log shows the answer above the question.
    journal.add(sent);
    await out.send(message, said.faults);
    await goOn(cause);
    return { kind: 'published', sent };
  }

  /** Numbered for each message, so that what one is made of does not depend on others. */
  function occasionOf(manner: string, id: NodeId): string {
    const name = `${manner} ${id}`;
    const n = (opened.get(name) ?? 0) + 1;
    opened.set(name, n);
    return `${manner} ${n}`;
  }

  function open(id: NodeId, interval: number): void {
    timers.set(
      id,
      clock.after(interval, async () => {
        open(id, interval);
        await say(id, { id: occasionOf('alone', id), facts: [] }, faults).catch((error: unknown) =>
          trouble(`${contracts.message(id).contract.name} was not sent`, error),
        );
      }),
    );
  }

  return {
    role,
    intervals,
    names: (ids) => [...new Set(ids.map((id) => contracts.message(id).contract.name))],
    async start() {
      const { listensOn: channels } = role;
      const group = `mock-${role.service.domain}-${role.service.name}`;
      if (channels.length > 0) subscription = await broker.subscribe({ group, channels }, deliverEach(hear));
      for (const [id, interval] of intervals) open(id, interval);
    },
    publish(id, wishes) {
      return say(id, { id: occasionOf('by hand', id), facts: [], wishes }, {});
    },
    async stop() {
      for (const cancel of timers.values()) cancel();
      timers.clear();
      await subscription?.stop();
      await out.flush();
    },
  };
}
