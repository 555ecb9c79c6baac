import { compareVersions, versionsOf } from '@chirograph/contract/model';
import { type Clock, type Violation, violationsOf, type WireMessage } from '@chirograph/runtime';
import { sampler } from '@chirograph/runtime/samples';
import { isObject, type JsonObject, type JsonValue } from '@chirograph/schema';
import { compose, isValid, written } from '../compose/compose.ts';
import { type Destination, place } from '../compose/place.ts';
import type { Contracts, KnownMessage } from '../contracts/contracts.ts';
import { corrupt } from '../faults/corrupt.ts';
import { type Fault, type FaultRates, faultsFor } from '../faults/faults.ts';
import type { Sample } from '../samples/sample.ts';
import type { Inbox } from '../script/role.ts';
import { seedFor } from '../seed.ts';
import type { Cause } from './cause.ts';
import { wireFor } from './wire.ts';

export interface UtterOptions {
  readonly contracts: Contracts;
  readonly service: string;
  /** Where to send; undefined for a channel whose address nobody knows before run time. */
  readonly channel: Destination | undefined;
  /** What a request says of where its answer is wanted. */
  readonly inbox?: Inbox | undefined;
  readonly clock: Clock;
  readonly seed: number;
  readonly faults: FaultRates;
}

/** Why the message is sent. */
export interface Occasion {
  /** Tells it from all other occasions: the id of the cause, or a number. With the seed, all else follows from it. */
  readonly id: string;
  readonly cause?: Cause | undefined;
  /** The story so far, the latest word first. */
  readonly facts: readonly JsonObject[];
  readonly wishes?: Wishes | undefined;
}

/** What somebody wants so and not otherwise. */
export interface Wishes {
  /** Parts of the payload. */
  readonly payload?: JsonObject | undefined;
  /** Headers, beside those that are made up. */
  readonly headers?: JsonObject | undefined;
  /** What is to stand in the channel's address. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

export type Utterance =
  | {
      readonly kind: 'message';
      readonly known: KnownMessage;
      readonly message: WireMessage;
      readonly faults: readonly Fault[];
    }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] };

/**
 * Makes a message ready to be sent, its faults decided and those of its content done. Refused when overrides break the
 * contract. Rejects when no sample can be made, or no address is known.
 */
export async function composeMessage(
  known: KnownMessage,
  occasion: Occasion,
  { contracts, service, channel, inbox, clock, seed, faults: rates }: UtterOptions,
): Promise<Utterance> {
  if (channel === undefined) throw new Error(`no address is known for ${known.contract.name}`);
  const occasionSeed = seedFor(seed, service, known.contract.name, occasion.id);
  const faults = new Set(faultsFor(rates, occasionSeed, known.contract.name));
  // What is late is overtaken anyway.
  if (faults.has('late')) faults.delete('reorder');
  const chosen = faults.has('old') ? olderThan(contracts, known, occasionSeed) : undefined;
  if (!chosen) faults.delete('old');
  const said = chosen ?? known;

  const { cause, facts, wishes } = occasion;
  const time = new Date(clock.now()).toISOString();
  const composed = compose(contracts, said, {
    seed: occasionSeed,
    source: service,
    time,
    facts,
    ...(cause && { cause }),
  });
  const sample = inbox === undefined ? composed : answeredAt(inbox, said, composed);
  const wished: Sample = {
    payload: wishes?.payload ? merged(sample.payload, wishes.payload) : sample.payload,
    headers: { ...sample.headers, ...headersOf(said, wishes) },
  };
  const violations = violationsIn(said, wished);
  if (violations.length > 0) return { kind: 'refused', violations };
  const placed = place(said, channel, wished, { seed: occasionSeed, facts, wishes: wishes?.parameters });
  if (placed.kind === 'refused') return placed;
  let { payload } = placed.sample;
  if (faults.has('invalid')) {
    const corrupted = corrupt(said, payload, sampler(occasionSeed));
    if (corrupted) payload = corrupted.payload;
    else faults.delete('invalid');
  }
  const message = await wireFor(
    said,
    { ...placed.sample, payload },
    {
      service,
      channel: placed.address,
      clock,
      id: sampler(occasionSeed).uuid(),
      cause,
      corrupted: faults.has('invalid'),
    },
  );
  return { kind: 'message', known: said, message, faults: [...faults] };
}

/** A request that names the inbox, where its schemas let it. */
function answeredAt({ named, address }: Inbox, known: KnownMessage, sample: Sample): Sample {
  const naming = written(sample, named, address);
  return isValid(known, naming) ? naming : sample;
}

/** Headers that are never text are given as JSON where all is text, in an address of HTTP say. */
function headersOf({ contract }: KnownMessage, wishes: Wishes | undefined): JsonObject {
  const json = contract.headers?.json ?? [];
  return Object.fromEntries(
    Object.entries(wishes?.headers ?? {}).map(([name, it]) => [
      name,
      typeof it === 'string' && json.includes(name) ? jsonIn(it) : it,
    ]),
  );
}

function jsonIn(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function violationsIn({ contract }: KnownMessage, { payload, headers }: Sample): readonly Violation[] {
  const { validate } = contract;
  if (!validate(payload)) return violationsOf(validate.errors ?? [], payload);
  if (!contract.headers || contract.headers.validate(headers)) return [];
  return violationsOf(contract.headers.validate.errors ?? [], headers).map((it) => ({
    ...it,
    pointer: `headers${it.pointer}`,
  }));
}

/** Some older version of the message. */
function olderThan(contracts: Contracts, { message }: KnownMessage, seed: number): KnownMessage | undefined {
  const older = versionsOf(contracts.workspace, message).filter(
    (it) => compareVersions(it.version, message.version) < 0,
  );
  return older.length > 0 ? contracts.message(sampler(seed).pick(older).id) : undefined;
}

function merged(made: JsonValue, given: JsonValue): JsonValue {
  if (!isObject(made) || !isObject(given)) return given;
  const both: Record<string, JsonValue> = { ...made };
  for (const [name, value] of Object.entries(given)) {
    const former = both[name];
    both[name] = former === undefined ? value : merged(former, value);
  }
  return both;
}
