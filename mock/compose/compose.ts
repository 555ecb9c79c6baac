import { fieldSchemas, type NodeId, type Workspace } from '@chirograph/contract/model';
import { type Part, readPart, writePayload } from '@chirograph/runtime';
import { sampler } from '@chirograph/runtime/samples';
import { isObject, type JsonObject, type JsonValue } from '@chirograph/schema';
import type { Contracts, KnownMessage } from '../contracts/contracts.ts';
import { type Sample, sampleOf } from '../samples/sample.ts';
import { isEnvelope, recall } from './facts.ts';

/** What a message is made from, beside its schema. */
export interface Ingredients {
  readonly seed: number;
  /** The service that sends it. */
  readonly source: string;
  /** ISO 8601, with offset. */
  readonly time: string;
  /** The story so far, the latest word first; empty for what follows from nothing. */
  readonly facts: readonly JsonObject[];
  /** The message that it answers. Of the same aggregate, both are about one entity. */
  readonly cause?: {
    readonly id: string;
    readonly correlationId: string;
    readonly aggregate?: string | undefined;
    readonly subject?: JsonValue | undefined;
    /** What its order goes by; undefined for commands, which may go by something else than what they are about. */
    readonly key?: JsonValue | undefined;
  };
}

/**
 * A valid message: made up by the seed, then as much of the story as the contract lets stand: fields of the same name,
 * subject, correlation and causation. A value that would make the message invalid is left as it was made up.
 */
export function compose(contracts: Contracts, known: KnownMessage, from: Ingredients): Sample {
  const draft = new Draft(known, sampleOf(contracts, known, from.seed));
  const { message } = known;
  if (message.payload !== undefined) adapt(contracts.workspace, message.payload, draft, from, []);
  fillEnvelope(known, draft, from);
  return draft.sample;
}

/** A sample that only takes what leaves it valid. */
class Draft {
  readonly known: KnownMessage;
  sample: Sample;

  constructor(known: KnownMessage, sample: Sample) {
    this.known = known;
    this.sample = sample;
  }

  read(part: Part): unknown {
    return readPart(part, { payload: this.sample.payload, headers: {} });
  }

  /** Whether the value now stands there. */
  offer(part: Part, value: JsonValue): boolean {
    const offered = written(this.sample, part, value);
    if (!isValid(this.known, offered)) return false;
    this.sample = offered;
    return true;
  }

  /** Takes away what is not there, where it need not be. */
  leaveOut(part: Part | undefined): void {
    if (part === undefined) return;
    const { payload, headers } = this.sample;
    const without: Sample =
      part.in === 'headers'
        ? { payload, headers: omit(headers, part.path) }
        : { payload: omit(payload, part.path), headers };
    if (isValid(this.known, without)) this.sample = without;
  }
}

function omit<T extends JsonValue>(value: T, [name, ...rest]: readonly string[]): T;
function omit(value: JsonValue, [name, ...rest]: readonly string[]): JsonValue {
  if (!isObject(value) || name === undefined || !Object.hasOwn(value, name)) return value;
  const { [name]: inner = null, ...others } = value;
  return rest.length === 0 ? others : { ...others, [name]: omit(inner, rest) };
}

export function written({ payload, headers }: Sample, part: Part, value: JsonValue): Sample {
  if (part.in === 'headers') return { payload, headers: { ...headers, [part.path.join('.')]: value } };
  return { payload: writePayload(payload, part.path, value) as JsonValue, headers };
}

export function isValid({ contract }: KnownMessage, { payload, headers }: Sample): boolean {
  return contract.validate(payload) && (contract.headers?.validate(headers) ?? true);
}

/**
 * Offers each field that the schema knows what the story says of it: whole values first, then parts. A time at which
 * something happened, and of which nothing is said, is now.
 */
function adapt(
  workspace: Workspace,
  schema: NodeId,
  draft: Draft,
  from: Ingredients,
  path: readonly string[],
): void {
  if (path.length > DEEPEST) return;
  const names = new Set(
    fieldSchemas(workspace, schema, path).flatMap((it) =>
      isObject(it) && isObject(it.properties) ? Object.keys(it.properties) : [],
    ),
  );
  for (const name of names) {
    const here = [...path, name];
    if (isEnvelope(draft.known, here)) continue;
    const part: Part = { in: 'payload', path: here };
    const isData = here.join() === draft.known.message.contract.envelope.data?.path.join();
    const told = isData ? undefined : recall(from.facts, labelOf(here));
    if (told !== undefined && draft.offer(part, told)) continue;
    const made = draft.read(part);
    if (typeof made === 'string' && HAPPENED.test(name)) draft.offer(part, from.time);
    if (isObject(made)) adapt(workspace, schema, draft, from, here);
  }
}

/** What a field is called: `id` of `customer` is the `customer id`. */
function labelOf(path: readonly string[]): string {
  const name = path.at(-1) ?? '';
  const parent = path.at(-2);
  return parent !== undefined && /^(id|name|type|status|code)$/.test(name) ? `${parent}_${name}` : name;
}

function isTold(part: Part | undefined, facts: readonly JsonObject[]): boolean {
  return part !== undefined && recall(facts, labelOf(part.path)) !== undefined;
}

/** `placedAt`, `sent_at`; not `expiresAt`, which is to come. */
const HAPPENED =
  /^(?!expires|expected|estimated|scheduled|valid|due|starts|ends|available).*(_at|At|_on|On)$/;

const DEEPEST = 6;

function fillEnvelope({ contract }: KnownMessage, draft: Draft, from: Ingredients): void {
  const { envelope } = contract;
  const { cause } = from;
  const offer = (part: Part | undefined, value: JsonValue | undefined) =>
    part !== undefined && value !== undefined && draft.offer(part, value);

  const id = sampler(from.seed).uuid();
  offer(envelope.id, id);
  offer(envelope.type, contract.name);
  offer(envelope.version, contract.version);
  offer(envelope.time, from.time);
  offer(envelope.source, from.source);
  if (cause?.aggregate === contract.aggregate && !isTold(contract.orderingKey, from.facts)) {
    offer(contract.orderingKey, cause?.key);
  }
  offer(envelope.subject, subjectOf(draft, cause));
  offer(envelope.correlationId, cause ? cause.correlationId : id);
  if (cause) offer(envelope.causationId, cause.id);
  else draft.leaveOut(envelope.causationId);
}

/** `paymentId` is the subject of a Payment's messages; else the subject of the aggregate's message before. */
function subjectOf({ known, sample }: Draft, cause: Ingredients['cause']): JsonValue | undefined {
  const { aggregate, envelope } = known.message.contract;
  if (aggregate === undefined) return undefined;
  const data = envelope.data ? readPart(envelope.data, { payload: sample.payload, headers: {} }) : undefined;
  const name = `${aggregate}id`.toLowerCase();
  const fields = isObject(data) ? Object.entries(data) : [];
  const own = fields.find(([key]) => key.toLowerCase().replaceAll(/[-_]/g, '') === name)?.[1];
  return own ?? (cause?.aggregate === aggregate ? cause.subject : undefined);
}
