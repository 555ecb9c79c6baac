import type { Parameter } from '@chirograph/contract/model';
import {
  addressFor,
  ContractViolationError,
  isWord,
  type MessageParts,
  readText,
  type Violation,
} from '@chirograph/runtime';
import { type Sampler, sampler } from '@chirograph/runtime/samples';
import type { JsonObject } from '@chirograph/schema';
import { type AddressedChannel, contractOn, type KnownMessage } from '../contracts/contracts.ts';
import { type Sample, textNamed } from '../samples/sample.ts';
import { isValid, written } from './compose.ts';
import { recall } from './facts.ts';

/** Where a message goes: an address, and what may stand in its braces. */
export type Destination = Pick<AddressedChannel, 'address' | 'parameters'>;

/** What the values in an address are taken from, beside the message and the contract. */
export interface Whereabouts {
  readonly seed: number;
  /** The story so far, the latest word first. */
  readonly facts: readonly JsonObject[];
  readonly wishes: Readonly<Record<string, string>> | undefined;
}

export type Placed =
  | { readonly kind: 'placed'; readonly address: string; readonly sample: Sample }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] };

/**
 * The address for a message, and the message as it goes there: what stands in the address is what is wished, else what
 * the message says, else what the story says, else made up; the message then says the same. Refused where a wish breaks
 * the contract.
 */
export function place(known: KnownMessage, channel: Destination, sample: Sample, from: Whereabouts): Placed {
  const made = sampler(from.seed);
  const values: Record<string, string> = { ...from.wishes };
  let said = sample;
  for (const parameter of channel.parameters) {
    const { name, location } = parameter;
    const told = readText(location, partsOf(said));
    const value =
      values[name] ?? (told !== undefined && fits(parameter, told) ? told : valueFor(parameter, from, made));
    values[name] = value;
    if (location === undefined || told === value) continue;
    const agreeing = written(said, location, value);
    if (isValid(known, agreeing)) said = agreeing;
  }
  try {
    const address = addressFor(contractOn(known, channel), values, partsOf(said));
    return { kind: 'placed', address, sample: said };
  } catch (error) {
    if (!(error instanceof ContractViolationError)) throw error;
    return { kind: 'refused', violations: error.violations };
  }
}

function partsOf({ payload, headers }: Sample): MessageParts {
  const texts = Object.entries(headers).map(([name, it]) => [
    name,
    typeof it === 'string' ? it : JSON.stringify(it),
  ]);
  return { payload, headers: Object.fromEntries(texts) };
}

function valueFor(parameter: Parameter, { facts }: Whereabouts, made: Sampler): string {
  const { name, values, examples, default: usual } = parameter;
  const told = recall(facts, name);
  if (typeof told === 'string' && fits(parameter, told)) return told;
  const known = values ?? (examples.length > 0 ? examples : usual === undefined ? [] : [usual]);
  if (known.length > 0) return made.pick(known);
  if (/id$/i.test(name)) return made.uuid();
  return textNamed(name, made)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-');
}

function fits({ values }: Parameter, value: string): boolean {
  return values ? values.includes(value) : isWord(value);
}
