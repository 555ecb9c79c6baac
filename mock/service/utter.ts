import { compareVersions, versionsOf } from '@chirograph/contract/model';
import { isObject, type JsonObject, type JsonValue } from '@chirograph/contract/source';
import { type Clock, type Violation, violationsOf, type WireMessage } from '@chirograph/runtime';
import { sampler } from '@chirograph/runtime/samples';
import { compose } from '../compose/compose.ts';
import type { Contracts, KnownMessage } from '../contracts/contracts.ts';
import { type Fault, type FaultRates, faultsFor } from '../faults/faults.ts';
import { spoil } from '../faults/spoil.ts';
import { seedFor } from '../seed.ts';
import type { Cause } from './cause.ts';
import { wireFor } from './wire.ts';

export interface UtterOptions {
  readonly contracts: Contracts;
  readonly service: string;
  /** The address to send on; undefined for a channel whose address nobody knows before run time. */
  readonly channel: string | undefined;
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
  /** Parts of the payload that somebody wants so. */
  readonly overrides?: JsonObject | undefined;
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
export async function utter(
  known: KnownMessage,
  occasion: Occasion,
  { contracts, service, channel, clock, seed, faults: rates }: UtterOptions,
): Promise<Utterance> {
  if (channel === undefined) throw new Error(`no address is known for ${known.contract.name}`);
  const occasionSeed = seedFor(seed, service, known.contract.name, occasion.id);
  const faults = new Set(faultsFor(rates, occasionSeed, known.contract.name));
  // What is late is overtaken anyway.
  if (faults.has('late')) faults.delete('reorder');
  const chosen = faults.has('old') ? olderThan(contracts, known, occasionSeed) : undefined;
  if (!chosen) faults.delete('old');
  const said = chosen ?? known;

  const { cause, facts, overrides } = occasion;
  const time = new Date(clock.now()).toISOString();
  const sample = compose(contracts, said, {
    seed: occasionSeed,
    source: service,
    time,
    facts,
    ...(cause && { cause }),
  });
  let payload: JsonValue = overrides ? merged(sample.payload, overrides) : sample.payload;
  const { validate } = said.contract;
  if (overrides && !validate(payload)) {
    return { kind: 'refused', violations: violationsOf(validate.errors ?? [], payload) };
  }
  if (faults.has('invalid')) {
    const spoilt = spoil(said, payload, sampler(occasionSeed));
    if (spoilt) payload = spoilt.payload;
    else faults.delete('invalid');
  }
  const message = await wireFor(
    said,
    { ...sample, payload },
    {
      service,
      channel,
      clock,
      id: sampler(occasionSeed).uuid(),
      cause,
      spoilt: faults.has('invalid'),
    },
  );
  return { kind: 'message', known: said, message, faults: [...faults] };
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
