import type { JsonValue } from '../json/json-value.ts';
import type { TextSubject } from './text-subject.ts';

/**
 * How a value of a schema is made up, as data: what generated factories print and what mocks draw from. The leaves are
 * what a sampler makes; a plan that is followed comes to an end, however often its schema contains itself.
 */
export type SamplePlan =
  /** One of some values; of none where nothing can be made up. */
  | { readonly kind: 'pick'; readonly values: readonly JsonValue[] }
  /** Now and then one of the examples, else what follows from the keywords. */
  | { readonly kind: 'example'; readonly examples: readonly JsonValue[]; readonly otherwise: SamplePlan }
  | { readonly kind: 'boolean' }
  | NumberPlan
  | TextPlan
  | ObjectPlan
  /** Items, and behind them one of each of `also`. */
  | {
      readonly kind: 'list';
      readonly item: SamplePlan;
      readonly min: number;
      readonly max: number;
      readonly also: readonly SamplePlan[];
    }
  | { readonly kind: 'tuple'; readonly items: readonly SamplePlan[] }
  /** Some of the values, each at most once. */
  | {
      readonly kind: 'subset';
      readonly values: readonly JsonValue[];
      readonly min: number;
      readonly max: number;
    }
  /** One of several plans. */
  | { readonly kind: 'ways'; readonly ways: readonly SamplePlan[] }
  /** Now and then `null`. */
  | { readonly kind: 'nullable'; readonly plan: SamplePlan }
  /** The plan of another schema, by the text of the `$ref` that leads to it. */
  | { readonly kind: 'named'; readonly id: string }
  /** A plan that leads back to where it stands: a few levels down the other one takes its place. */
  | { readonly kind: 'deeper'; readonly plan: SamplePlan; readonly otherwise: SamplePlan };

/** The multiples of `step` from `min` to `max`, which are two of them. */
export interface NumberPlan {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** How text is made: by what it is about, by a pattern, or as plain words of the right length. */
export type TextPlan =
  | TextSubject
  | {
      readonly kind: 'matching';
      readonly pattern: string;
      readonly min: number | undefined;
      readonly max: number | undefined;
    }
  | { readonly kind: 'text'; readonly min: number; readonly max: number };

/** Named properties, and entries whose keys are data. */
export interface ObjectPlan {
  readonly kind: 'object';
  readonly properties: readonly PropertyPlan[];
  readonly entries: EntriesPlan | undefined;
}

/** One property, and whether it is always there, now and then, or now and then as far down as `deeper` goes. */
export interface PropertyPlan {
  readonly name: string;
  readonly plan: SamplePlan;
  readonly use: 'always' | 'maybe' | 'deeper';
}

/** Entries whose keys are data. */
export interface EntriesPlan {
  readonly key: SamplePlan;
  readonly value: SamplePlan;
  readonly min: number;
  readonly max: number;
}
