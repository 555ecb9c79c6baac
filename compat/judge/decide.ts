import type { JsonSchema, JsonValue } from '@chirograph/schema';
import { declared, documentOf, type Rooted } from '@chirograph/schema/combine';
import { decideContainment } from '@chirograph/schema/containment';
import { reduce } from '../schemas/reduce.ts';
import type { Writers } from './policy.ts';
import { judgeOf, refusalAbout } from './refusal.ts';
import { type Witness, type WitnessCheck, witnessFrom } from './witness.ts';

/** A producer and a consumer, each with a schema: is all that the one writes read by the other? */
export interface Exchange {
  readonly producer: Rooted;
  readonly consumer: Rooted;
  readonly writers: Writers;
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
  const small = reduce(exchange.producer, exchange.consumer);
  if (small) {
    const read = documentOf(small[1]);
    const containment = decideContainment(writtenBy(exchange, small[0]), read);
    if (containment.kind === 'contained') return { kind: 'holds' };
    if (containment.kind === 'not-contained') {
      const refusal = refusalAbout(judgeOf(read)?.(containment.witness) ?? [], check.about ?? []);
      const witness = refusal && witnessFrom(check, containment.witness, refusal);
      if (witness) return { kind: 'breaks', witness };
    }
  }
  const containment = decideContainment(writtenBy(exchange), documentOf(exchange.consumer));
  if (containment.kind === 'contained') return { kind: 'holds' };
  if (containment.kind === 'undecided') return containment;
  return { kind: 'breaks', witness: witnessFrom(check, containment.witness) };
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
    mayWrite: lazy(() => judgeOf(writtenBy(exchange))),
    mustRead: lazy(() => judgeOf(documentOf(exchange.consumer))),
  };
}

function writtenBy({ producer, writers }: Exchange, body: Rooted = producer): JsonSchema {
  return documentOf(writers === 'declared' ? declared(producer, body) : body);
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
