import type { JsonSchema, JsonValue, Location } from '@chirograph/schema';
import { declared, documentOf, type Rooted } from '@chirograph/schema/combine';
import { avroOf } from '../avro/avro-of.ts';
import { type Mismatch, mismatchesOf } from '../avro/resolve.ts';
import { filled, missingIn } from '../missing/fill.ts';
import { reduce } from '../schemas/reduce.ts';
import { contained, tooLarge } from './contained.ts';
import type { Terms } from './policy.ts';
import { judgeOf, refusalAbout } from './refusal.ts';
import { type Witness, type WitnessCheck, witnessFrom } from './witness.ts';

/** A producer and a consumer, each with a schema: is all that the one writes read by the other? */
export interface Exchange {
  readonly producer: Rooted;
  readonly consumer: Rooted;
  readonly terms: Terms;
}

export type Decision =
  | { readonly kind: 'holds' }
  | { readonly kind: 'undecided'; readonly reason: string }
  /** `witness` has stood the check; without one the check was about something else. */
  | { readonly kind: 'breaks'; readonly witness: Witness | undefined };

/**
 * Decides an exchange. What both schemas have in common is left out first: where the rest holds, all holds; where it does
 * not, the value found is put into an example and tried. Only when that says nothing are the whole schemas decided.
 * @param check what a witness has to stand: by default, this very exchange
 */
export function decide(
  exchange: Exchange,
  check: WitnessCheck = witnessCheckOf(exchange, 'payload', []),
): Decision {
  const avro = decideAvro(exchange, check.part);
  if (avro) return avro;
  const missing = [exchange.producer, exchange.consumer].flatMap(missingIn);
  return missing.length > 0 ? decideAround(exchange, check, missing[0]!) : decideJson(exchange, check);
}

/**
 * Decides an exchange in which something is not known: by what may be written and what is read whatever it is. A break
 * counts where its message never meets it.
 */
function decideAround(exchange: Exchange, check: WitnessCheck, missing: Location): Decision {
  const {
    producer,
    consumer,
    terms: { formats },
  } = exchange;
  const least = { ...exchange, producer: filled(producer, false), consumer: filled(consumer, true) };
  const most = { ...exchange, producer: filled(producer, true), consumer: filled(consumer, false) };
  const narrow = decideJson(least, check);
  if (narrow.kind === 'breaks' && narrow.witness) {
    const { value } = narrow.witness;
    const isWritten = judgeOf(writtenBy(least), formats)?.(value).length === 0;
    const refusals = judgeOf(documentOf(most.consumer), formats)?.(value) ?? [];
    if (isWritten && refusals.length > 0) return narrow;
  }
  if (narrow.kind === 'holds' && decideJson(most, check).kind === 'holds') return { kind: 'holds' };
  return {
    kind: 'undecided',
    reason: `the reference at ${missing.file}#${missing.pointer} does not resolve`,
  };
}

function decideJson(exchange: Exchange, check: WitnessCheck): Decision {
  const { formats } = exchange.terms;
  const small = reduce(exchange.producer, exchange.consumer);
  if (small) {
    const read = documentOf(small[1]);
    const containment = contained(writtenBy(exchange, small[0]), read, formats);
    if (containment.kind === 'contained') return { kind: 'holds' };
    if (containment.kind === 'not-contained') {
      const refusal = refusalAbout(judgeOf(read, formats)?.(containment.witness) ?? [], check.about ?? []);
      const witness = refusal && witnessFrom(check, containment.witness, refusal);
      if (witness) return { kind: 'breaks', witness };
    }
  }
  // Before what is declared is worked out: that takes its time too.
  const large = tooLarge(documentOf(exchange.producer), documentOf(exchange.consumer));
  if (large) return large;
  const containment = contained(writtenBy(exchange), documentOf(exchange.consumer), formats);
  if (containment.kind === 'contained') return { kind: 'holds' };
  if (containment.kind === 'undecided') return containment;
  return { kind: 'breaks', witness: witnessFrom(check, containment.witness) };
}

/** Avro is decided by its own rules. Undefined where both schemas are JSON Schema. */
function decideAvro(exchange: Exchange, part: Witness['part']): Decision | undefined {
  const { producer, consumer } = exchange;
  const [written, read] = [avroOf(producer), avroOf(consumer)];
  if (!written && !read) return undefined;
  if (consumer.schemas[consumer.root]?.json === true) return { kind: 'holds' };
  if (!written || !read)
    return { kind: 'undecided', reason: 'one side is described in Avro, the other in JSON Schema' };
  for (const it of [written, read])
    if (it.kind === 'invalid')
      return { kind: 'undecided', reason: `the Avro schema is not valid: ${it.reason}` };
  const [first] = avroMismatches(exchange);
  return first ? { kind: 'breaks', witness: avroWitness(first, part) } : { kind: 'holds' };
}

/** All that an Avro reader cannot take in; none where either side is no Avro schema. */
export function avroMismatches({ producer, consumer }: Exchange): readonly Mismatch[] {
  const [written, read] = [avroOf(producer), avroOf(consumer)];
  return written?.kind === 'read' && read?.kind === 'read' ? mismatchesOf(written.type, read.type) : [];
}

export function avroWitness({ value, refusal }: Mismatch, part: Witness['part']): Witness {
  return { part, value, refusal, source: 'schema' };
}

/** Whether an exchange holds, whatever the witness if it does not. */
export function holds(exchange: Exchange): boolean {
  return decide(exchange).kind === 'holds';
}

/** What makes a value a witness for an exchange. Validators are compiled when the first value is tried. */
export function witnessCheckOf(
  exchange: Exchange,
  part: WitnessCheck['part'],
  examples: readonly JsonValue[],
): WitnessCheck {
  return {
    part,
    examples,
    mayWrite: lazy(() => judgeOf(writtenBy(exchange), exchange.terms.formats)),
    mustRead: lazy(() => judgeOf(documentOf(exchange.consumer), exchange.terms.formats)),
  };
}

function writtenBy({ producer, terms: { writers } }: Exchange, body: Rooted = producer): JsonSchema {
  return documentOf(writers === 'declared' ? declared(producer, body) : body);
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
