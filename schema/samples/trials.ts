import type { Evaluator } from '../evaluate/evaluate.ts';
import type { JsonValue } from '../json/json-value.ts';
import type { JsonSchema, Schemas } from '../keywords/schema.ts';
import { draw, type NamedPlans, type ShapedSource } from './draw.ts';
import { documentFor, foundValues } from './found-values.ts';
import type { SamplePlan } from './sample-plan.ts';
import { shapeOfPlan } from './shape-of-plan.ts';

/** What plans are tried with before anybody follows them. */
export interface Trial {
  /** What the values of a seed are drawn from. */
  readonly source: (seed: number) => ShapedSource;
  /** As {@link foundValues}, for those who remember what it has found. */
  readonly find?: (document: JsonSchema, count: number) => readonly JsonValue[];
}

/** Tries plans: a plan says what most likely meets a schema, and a value that is drawn shows whether it does. */
export class Trials {
  readonly #schemas: Schemas;
  readonly #evaluator: Evaluator;
  readonly #trial: Trial;

  constructor(schemas: Schemas, evaluator: Evaluator, trial: Trial) {
    this.#schemas = schemas;
    this.#evaluator = evaluator;
    this.#trial = trial;
  }

  /** The first plan for text that always gives what the schema wants; else words that were searched for. */
  text(schema: JsonSchema, plans: readonly SamplePlan[]): SamplePlan {
    const sure = plans.find((it) => this.#draws(schema, it, ALONE, SOME) === SOME);
    if (sure) return sure;
    return { kind: 'pick', values: this.#found(schema, WORDS) };
  }

  /** The plan where it gives what the schema wants, if not each time; else a value that was searched for. */
  whole(schema: JsonSchema, plan: SamplePlan | undefined, plans: NamedPlans): SamplePlan | undefined {
    if (plan !== undefined && this.#draws(schema, plan, plans, 1) > 0) return plan;
    const shape = plan === undefined ? true : shapeOfPlan(plan, plans);
    const values = this.#found({ allOf: [schema, shape] }, 1);
    return values.length === 0 ? undefined : { kind: 'pick', values };
  }

  /** How many of the values drawn are what the schema wants, until there are `enough`; none where one cannot be drawn. */
  #draws(schema: JsonSchema, plan: SamplePlan, plans: NamedPlans, enough: number): number {
    let met = 0;
    try {
      for (let seed = 1; seed <= TRIES && met < enough; seed += 1) {
        const isMet = this.#evaluator.matches(schema, draw(plan, plans, this.#trial.source(seed * STRIDE)));
        if (isMet) met += 1;
        else if (enough > 1) return 0;
      }
    } catch {
      return 0;
    }
    return met;
  }

  #found(schema: JsonSchema, count: number): readonly JsonValue[] {
    const { find = foundValues } = this.#trial;
    const values = find(documentFor(this.#schemas, schema), count);
    return values.filter((it) => this.#evaluator.matches(schema, it));
  }
}

const ALONE: NamedPlans = {
  named: () => ({ kind: 'pick', values: [] }),
};
/** How many values a plan for text has to give without fail. */
const SOME = 6;
/** Whoever follows a plan tries a few hundred times; a plan that fails as often as this fails them now and then. */
const TRIES = 24;
/** Neighbouring seeds give neighbouring values. */
const STRIDE = 0x9e3779b1;
/** How many words are searched for, so that messages differ. */
const WORDS = 3;
