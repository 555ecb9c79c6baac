import type { ByteLimits, NodeId } from '@chirograph/contract/model';
import { type Sampler, sampler, samples } from '@chirograph/runtime/samples';
import { isObject, type JsonSchema, type JsonValue } from '@chirograph/schema';
import type { Contracts, KnownMessage } from '../contracts/contracts.ts';
import { byteLimitsOf } from '../contracts/payload-codec.ts';
import { make } from './make.ts';

/** The two halves of a made-up message. */
export interface Sample {
  readonly payload: JsonValue;
  readonly headers: Readonly<Record<string, JsonValue>>;
}

/**
 * A valid message that follows from the seed: by its schemas, else one of its examples. Throws, and says how to fix it,
 * where neither gives one.
 */
export function sampleOf(contracts: Contracts, known: KnownMessage, seed: number): Sample {
  const { message, contract } = known;
  const bytes = byteLimitsOf(contracts.workspace, message);
  const payload = bytes
    ? someBytes(bytes, seed)
    : half(contracts, known, 'payload', message.payload, contract.validate, seed);
  const headers = half(contracts, known, 'headers', message.headers, contract.headers?.validate, seed);
  return { payload, headers: isObject(headers) ? headers : {} };
}

/** Bytes, in base64. */
function someBytes({ min = 1, max = min + 63 }: ByteLimits, seed: number): string {
  return Buffer.from(sampler(seed).bytes(min, Math.min(max, min + 63))).toString('base64');
}

function half(
  { workspace }: Contracts,
  { message }: KnownMessage,
  part: 'payload' | 'headers',
  schema: NodeId | undefined,
  isValid: ((value: unknown) => boolean) | undefined,
  seed: number,
): JsonValue {
  const json: JsonSchema | undefined = schema === undefined ? undefined : workspace.schemas[schema]?.json;
  const meets = (value: unknown): value is JsonValue => isValid?.(value) ?? true;
  const examples = message.examples.flatMap((it) => {
    const value = it[part];
    return value !== undefined && meets(value) ? [value] : [];
  });
  if (json === undefined) return examples.length > 0 ? sampler(seed).pick(examples) : {};
  const byHand = (r: Sampler) =>
    make(json, { workspace, sampler: r, name: message.key, owner: '', depth: 0 });
  try {
    return samples(`${message.name} ${part}`, byHand, meets).sample(undefined, { seed });
  } catch (error) {
    if (examples.length > 0) return sampler(seed).pick(examples);
    throw new Error(
      `no valid ${part} of ${message.name} ${message.version} can be made up from its schema; give the message an example`,
      { cause: error },
    );
  }
}
