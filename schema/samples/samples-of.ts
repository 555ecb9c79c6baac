import type { JsonSchema, Schemas } from '../keywords/schema.ts';
import { type MadePlan, PlanMaker } from './plan-maker.ts';
import type { SamplePlan } from './sample-plan.ts';
import { type Ranks, settled } from './settle.ts';
import type { Trial } from './trials.ts';

/** The plans for samples of some schemas. */
export interface SamplePlanner {
  /**
   * The plan for a value of a schema; undefined where none can be made up.
   * @param name what the value is called: text is made to look like it
   */
  plan(schema: JsonSchema, name: string): SamplePlan | undefined;
  /** The plan that `named` means within plans that were made here. */
  named(id: string): SamplePlan;
}

/**
 * Plans for samples: each schema is planned when a plan first refers to it, and once.
 * @param trial given where plans are to be tried: a plan that fails gives way to values that the containment engine finds,
 * and where it finds none, there is no plan
 */
export function samplePlanner(schemas: Schemas, trial?: Trial): SamplePlanner {
  const maker = new PlanMaker(schemas, trial);
  const ranks = new KnownRanks(maker);
  const known = new Map<string, SamplePlan>();
  const planner: SamplePlanner = {
    plan(schema, name) {
      const made = maker.plan(schema, name);
      ranks.add(made);
      const plan = settled(made.plan, undefined, ranks);
      return maker.trials ? maker.trials.whole(schema, plan, planner) : plan;
    },
    named(id) {
      const found = known.get(id) ?? settled(maker.named(id).plan, id, ranks);
      if (found === undefined) throw new Error(`no plan refers to ${id}`);
      known.set(id, found);
      return found;
    },
  };
  return planner;
}

class KnownRanks implements Ranks {
  readonly #maker: PlanMaker;
  readonly #ranks = new Map<string, number | undefined>();
  readonly #reach = new Map<string, ReadonlySet<string>>();

  constructor(maker: PlanMaker) {
    this.#maker = maker;
  }

  of(id: string): number | undefined {
    return this.#ranks.get(id);
  }

  leadsTo(from: string, to: string): boolean {
    const found = this.#reach.get(from) ?? this.#reachable(this.#maker.named(from));
    this.#reach.set(from, found);
    return found.has(to) || from === to;
  }

  /**
   * Ranks whatever a plan refers to: in each round the schemas that do with those of the rounds before. What is ranked
   * already counts from its own round on, so that a rank does not tell who asked first.
   */
  add(made: MadePlan): void {
    const reached = [...this.#reachable(made)];
    const last = Math.max(-1, ...reached.map((id) => this.of(id) ?? -1));
    let left = reached.filter((id) => !this.#ranks.has(id));
    for (let rank = 0; left.length > 0; rank += 1) {
      const ending = left.filter((id) => settled(this.#maker.named(id).plan, id, this.#before(rank)));
      for (const id of ending) this.#ranks.set(id, rank);
      if (ending.length === 0 && rank > last) for (const id of left) this.#ranks.set(id, undefined);
      left = left.filter((id) => !this.#ranks.has(id));
    }
  }

  #before(rank: number): Ranks {
    const of = (id: string) => {
      const known = this.of(id);
      return known !== undefined && known < rank ? known : undefined;
    };
    return { of, leadsTo: () => false };
  }

  #reachable({ targets }: MadePlan): ReadonlySet<string> {
    const found = new Set<string>();
    const open = [...targets];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (found.has(id)) continue;
      found.add(id);
      open.push(...this.#maker.named(id).targets);
    }
    return found;
  }
}
