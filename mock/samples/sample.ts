import { type ByteLimits, type NodeId, oncePer, type Workspace } from '@chirograph/contract/model';
import { type Sampler, sampler, samples } from '@chirograph/runtime/samples';
import { isObject, type JsonSchema, type JsonValue } from '@chirograph/schema';
import { draw, type SamplePlan, samplePlanner } from '@chirograph/schema/samples';
import type { Contracts, KnownMessage } from '../contracts/contracts.ts';
import { byteLimitsOf } from '../contracts/payload-codec.ts';

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

/** The plans that were made for a workspace, by schema and name. */
const plansOf = oncePer((workspace: Workspace) => ({
  planner: samplePlanner(workspace, { source: sampler }),
  plans: new Map<string, SamplePlan | undefined>(),
}));

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
  const { planner, plans } = plansOf(workspace);
  const key = `${schema} ${message.key}`;
  if (!plans.has(key)) plans.set(key, planner.plan(json, message.key));
  const plan = plans.get(key);
  try {
    if (plan === undefined) throw new Error('no value that meets the schema comes to an end');
    const byPlan = (r: Sampler) => draw(plan, planner, r);
    // Under the name that generated factories have: one seed gives tests and mocks one message.
    const name = `${message.name} ${message.version}${part === 'headers' ? ' headers' : ''}`;
    return samples(name, byPlan, meets).sample(undefined, { seed });
  } catch (error) {
    if (examples.length > 0) return sampler(seed).pick(examples);
    throw new Error(
      `no valid ${part} of ${message.name} ${message.version} can be made up from its schema; give the message an example`,
      { cause: error },
    );
  }
}

/** A few words for something of which only the name is known. */
export function textNamed(name: string, r: Sampler): string {
  const plan = ALONE.plan({ type: 'string', maxLength: 24 }, name);
  return plan === undefined ? r.text(1, 24) : String(draw(plan, ALONE, r));
}

const ALONE = samplePlanner({ schemas: {} });
