import type { Sampler } from '@chirograph/runtime/samples';
import type { JsonValue } from '@chirograph/schema';
import type { SamplePlan, SamplePlanner } from '@chirograph/schema/samples';

/**
 * Draws a value by its plan: the very value that the factory which the `samples` generator prints for that plan makes of
 * the same seed. Throws for patterns that no text is made for.
 */
export function draw(plan: SamplePlan, planner: SamplePlanner, r: Sampler): JsonValue {
  const value = (it: SamplePlan): JsonValue => draw(it, planner, r);
  switch (plan.kind) {
    case 'pick':
      return plan.values.length === 1 ? (plan.values[0] ?? null) : r.pick(plan.values);
    case 'example':
      return r.example<JsonValue>(plan.examples, () => value(plan.otherwise));
    case 'boolean':
      return r.boolean();
    case 'number':
      return plan.step === 1 ? r.integer(plan.min, plan.max) : r.number(plan.min, plan.max, plan.step);
    case 'shape':
      return r[plan.shape](plan.when);
    case 'word':
      return r.word(plan.word);
    case 'text':
      return r.text(plan.min, plan.max);
    case 'matching':
      return r.matching(plan.pattern, plan.min, plan.max);
    case 'object': {
      const members = plan.properties.flatMap(({ name, plan: of, use }): [string, JsonValue][] => {
        if (use === 'always') return [[name, value(of)]];
        const made = r[use](() => ({ value: value(of) }));
        return made === undefined ? [] : [[name, made.value]];
      });
      const { entries } = plan;
      const others = entries
        ? r.list(entries.min, entries.max, () => [String(value(entries.key)), value(entries.value)] as const)
        : [];
      return Object.fromEntries([...members, ...others]);
    }
    case 'list':
      return r.list(plan.min, plan.max, () => value(plan.item), ...plan.also.map((it) => () => value(it)));
    case 'tuple':
      return plan.items.map(value);
    case 'subset':
      return r.subset(plan.values, plan.min, plan.max);
    case 'ways':
      return r.oneOf<JsonValue>(plan.ways.map((it) => () => value(it)));
    case 'nullable':
      return r.orNull(() => value(plan.plan));
    case 'named':
      return value(planner.named(plan.id));
    case 'deeper':
      return r.deeper(() => value(plan.plan)) ?? value(plan.otherwise);
  }
}
