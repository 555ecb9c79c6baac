import type { NodeId } from '@chirograph/contract/model';
import type { JsonObject } from '@chirograph/contract/source';
import type { Broker, Cancel, Clock, Subscription, Violation, WireMessage } from '@chirograph/runtime';
import { inspect } from '../checks/inspect.ts';
import { type Contracts, fullName } from '../contracts/contracts.ts';
import { delivery } from '../faults/delivery.ts';
import type { FaultRates } from '../faults/faults.ts';
import type { Received, Sent } from '../journal/happening.ts';
import type { Journal } from '../journal/journal.ts';
import { intervalOf, type Rates } from '../rates/rates.ts';
import { follow } from '../script/follow.ts';
import type { Cue, Role } from '../script/role.ts';
import { stories } from '../script/story.ts';
import { type Cause, causeOf, partsOf } from './cause.ts';
import { type Occasion, utter } from './utter.ts';

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
  publish(message: NodeId, overrides?: JsonObject): Promise<Published>;
  /** Hears and begins nothing more; resolves when what is under way, or held back, is sent. */
  stop(): Promise<void>;
}

export type Published =
  | { readonly kind: 'published'; readonly sent: Sent }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] };

/** As many messages are recognised when they come again. */
const REMEMBERED = 10_000;

export function mockService(role: Role, options: MockServiceOptions): MockService {
  const { contracts, broker, clock, journal, seed, faults, rates } = options;
  const service = fullName(role.service);
  const known = stories();
  const heard = [...role.receives, ...role.overhears].map((id) => contracts.message(id));
  const out = delivery(broker, {
    clock,
    seed,
    onLost: (message, error) => trouble(`${message.name} was not sent`, error),
  });
  const intervals = new Map(
    role.sends.flatMap((id) => {
      const interval = intervalOf(rates, contracts.message(id).message, role.opens.includes(id));
      return interval === undefined ? [] : [[id, interval] as const];
    }),
  );
  const seen = new Set<string>();
  const timers = new Map<NodeId, Cancel>();
  let subscription: Subscription | undefined;
  let opened = 0;

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
    if (inspection.kind !== 'known') {
      const { kind: verdict, problem, payload } = inspection;
      journal.add({ ...received(message, payload), verdict, problem });
      return;
    }
    const { known: of, parts, violations } = inspection;
    const cause = causeOf(of, message, parts);
    journal.add({
      ...received(message, parts.payload),
      name: of.contract.name,
      version: of.contract.version,
      id: cause.id,
      correlationId: cause.correlationId,
      verdict: violations.length > 0 ? 'invalid' : 'valid',
      violations,
      again: seen.has(cause.identity),
      overheard: role.overhears.includes(of.message.id),
    });
    remember(cause.identity);
    if (violations.length === 0) await goOn(cause);
  }

  function received(message: WireMessage, payload: unknown): Received {
    const { id, name, version, channel, headers } = message;
    return {
      kind: 'received',
      at: clock.now(),
      service,
      channel,
      ...(name !== undefined && { name }),
      ...(version !== undefined && { version }),
      id,
      verdict: 'valid',
      violations: [],
      again: false,
      overheard: false,
      payload,
      headers,
    };
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
    const story = known.hear(correlationId, id, cause.facts);
    for (const cue of follow(contracts.workspace, role, story, id, options.flows)) {
      const mark = `${cue.flow ?? ''}\n${cue.send}\n${cue.after.flat().join()}\n${cause.entity}`;
      if (known.of(correlationId).taken.has(mark)) continue;
      known.take(correlationId, mark);
      await answer(cue, cause).catch((error: unknown) => {
        known.giveBack(correlationId, mark);
        trouble(`nothing follows ${cause.known.contract.name} ${cause.id}`, error);
      });
    }
  }

  async function answer(cue: Cue, cause: Cause): Promise<void> {
    const { facts } = known.of(cause.correlationId);
    await say(cue.send, { id: cause.id, cause, facts }, faults);
  }

  async function say(id: NodeId, occasion: Occasion, withFaults: FaultRates): Promise<Published> {
    const said = await utter(contracts.message(id), occasion, {
      contracts,
      channel: role.sendsOn.get(id),
      service: role.service.name,
      clock,
      seed,
      faults: withFaults,
    });
    if (said.kind === 'refused') return said;
    const { known: of, message } = said;
    const parts = partsOf(message);
    const cause = causeOf(of, message, parts);
    const sent: Sent = {
      kind: 'sent',
      at: clock.now(),
      service,
      channel: message.channel,
      name: of.contract.name,
      version: of.contract.version,
      id: cause.id,
      correlationId: cause.correlationId,
      ...(occasion.cause && { answers: occasion.cause.id }),
      faults: said.faults,
      payload: parts.payload,
      headers: message.headers,
    };
    // Told before it is done, so that no log shows the answer above the question.
    journal.add(sent);
    await out.send(message, said.faults);
    await goOn(cause);
    return { kind: 'published', sent };
  }

  function open(id: NodeId, interval: number): void {
    timers.set(
      id,
      clock.after(interval, async () => {
        open(id, interval);
        opened += 1;
        await say(id, { id: String(opened), facts: [] }, faults).catch((error: unknown) =>
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
      if (channels.length > 0) subscription = await broker.subscribe({ group, channels }, hear);
      for (const [id, interval] of intervals) open(id, interval);
    },
    publish(id, overrides) {
      opened += 1;
      return say(id, { id: String(opened), facts: [], overrides }, {});
    },
    async stop() {
      for (const cancel of timers.values()) cancel();
      timers.clear();
      await subscription?.stop();
      await out.flush();
    },
  };
}
