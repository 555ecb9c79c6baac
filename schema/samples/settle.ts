import type { SamplePlan } from './sample-plan.ts';

/**
 * Schemas contain themselves, samples end. What says so are ranks: a schema's rank is higher than that of every schema that
 * its values cannot do without, so that going down in rank comes to an end. Wherever a plan goes back up to a schema from
 * which it came, the nearest thing around that may be left out (an optional property, an item, one way of several) becomes
 * `deeper`. None of this depends on the order in which schemas are asked for.
 */
export interface Ranks {
  /** Undefined where no value comes to an end. */
  of(id: string): number | undefined;
  /** Whether the plan of a schema leads, by whatever way, to another schema. */
  leadsTo(from: string, to: string): boolean;
}

/**
 * A plan without what cannot be made up, and with an end. Undefined where nothing is left.
 * @param owner the schema that the plan is of, where others can refer to it
 */
export function settled(plan: SamplePlan, owner: string | undefined, ranks: Ranks): SamplePlan | undefined {
  return new Settling(owner, ranks).settle(plan)?.plan;
}

interface Settled {
  readonly plan: SamplePlan;
  /** Whether it goes back up, and nothing within it sees to an end. */
  readonly isOpen: boolean;
}

class Settling {
  readonly #owner: string | undefined;
  readonly #ranks: Ranks;

  constructor(owner: string | undefined, ranks: Ranks) {
    this.#owner = owner;
    this.#ranks = ranks;
  }

  settle(plan: SamplePlan): Settled | undefined {
    switch (plan.kind) {
      case 'pick':
        return plan.values.length > 0 ? closed(plan) : undefined;
      case 'named':
        return this.#ranks.of(plan.id) === undefined ? undefined : { plan, isOpen: this.#goesUp(plan.id) };
      case 'example': {
        const made = this.settle(plan.otherwise);
        return closed(
          made && !made.isOpen ? { ...plan, otherwise: made.plan } : { kind: 'pick', values: plan.examples },
        );
      }
      case 'object': {
        const properties = plan.properties.map(({ name, plan: of, use }) => ({
          name,
          use,
          made: this.settle(of),
        }));
        const always = properties.flatMap((it) => (it.use === 'always' ? [it.made] : []));
        const { entries } = plan;
        const [key, value] = entries ? [this.settle(entries.key), this.settle(entries.value)] : [];
        return together([...always, ...(entries ? [key, value] : [])], () => ({
          ...plan,
          properties: properties.flatMap(({ name, use, made }) => {
            if (made === undefined) return [];
            return { name, plan: made.plan, use: use !== 'always' && made.isOpen ? 'deeper' : use };
          }),
          entries: entries && key && value && { ...entries, key: key.plan, value: value.plan },
        }));
      }
      case 'list':
        return together(
          [plan.item, ...plan.also].map((it) => this.settle(it)),
          ([item = plan.item, ...also]) => ({
            ...plan,
            item,
            also,
          }),
        );
      case 'tuple':
        return together(
          plan.items.map((it) => this.settle(it)),
          (items) => ({ ...plan, items }),
        );
      case 'ways': {
        const made = plan.ways.flatMap((it) => this.settle(it) ?? []);
        const ending = made.filter((it) => !it.isOpen);
        if (made.length === 0) return undefined;
        if (ending.length === 0 || ending.length === made.length)
          return { plan: oneOf(made), isOpen: ending.length === 0 };
        const open = made.filter((it) => it.isOpen);
        return closed({ kind: 'deeper', plan: oneOf(open), otherwise: oneOf(ending) });
      }
      case 'nullable': {
        const made = this.settle(plan.plan);
        return closed(made && !made.isOpen ? { ...plan, plan: made.plan } : orElse(made, NULL));
      }
      case 'deeper':
        return closed(orElse(this.settle(plan.plan), plan.otherwise));
      default:
        return closed(plan);
    }
  }

  /** Whether a reference leads back to the schema that the plan is of, and not down. */
  #goesUp(id: string): boolean {
    const owner = this.#owner;
    if (owner === undefined || !this.#ranks.leadsTo(id, owner)) return false;
    const [there = 0, here = 0] = [this.#ranks.of(id), this.#ranks.of(owner)];
    return there > here || (there === here && id >= owner);
  }
}

const NULL: SamplePlan = { kind: 'pick', values: [null] };

function closed(plan: SamplePlan): Settled {
  return { plan, isOpen: false };
}

/** What none of the parts can be missing from. */
function together(
  parts: readonly (Settled | undefined)[],
  whole: (plans: readonly SamplePlan[]) => SamplePlan,
): Settled | undefined {
  const made = parts.filter((it) => it !== undefined);
  if (made.length < parts.length) return undefined;
  return { plan: whole(made.map((it) => it.plan)), isOpen: made.some((it) => it.isOpen) };
}

function oneOf(ways: readonly Settled[]): SamplePlan {
  return { kind: 'ways', ways: ways.map((it) => it.plan) };
}

function orElse(made: Settled | undefined, otherwise: SamplePlan): SamplePlan {
  if (made === undefined) return otherwise;
  return made.isOpen ? { kind: 'deeper', plan: made.plan, otherwise } : made.plan;
}
