import type { JsonValue } from '../json/json-value.ts';
import type { SamplePlan } from './sample-plan.ts';
import type { TextShape, TextWord } from './text-subject.ts';

/** What values are drawn from: the words of the runtime's `Sampler`, which generated factories are written in. */
export interface SampleSource {
  boolean(): boolean;
  integer(min: number, max: number): number;
  number(min: number, max: number, step?: number): number;
  pick<T>(values: readonly T[]): T;
  subset<T>(values: readonly T[], min: number, max: number): T[];
  oneOf<T>(ways: readonly (() => NoInfer<T>)[]): T;
  maybe<T>(make: () => T): T | undefined;
  orNull<T>(make: () => T): T | null;
  example<T>(examples: readonly T[], make: () => NoInfer<T>): T;
  deeper<T>(make: () => T): T | undefined;
  list<T>(min: number, max: number, make: () => T, ...also: readonly (() => T)[]): T[];
  text(min: number, max: number): string;
  matching(pattern: string, min?: number, max?: number): string;
  word(kind: TextWord): string;
}

/** A source of text of each shape. */
export type ShapedSource = SampleSource & Readonly<Record<TextShape, (when?: 'earlier' | 'later') => string>>;

/** Who knows the plans that plans refer to. */
export interface NamedPlans {
  named(id: string): SamplePlan;
}

/**
 * Draws a value by its plan: the very value that the factory which the `samples` generator prints for that plan makes of
 * the same seed. Throws for patterns that no text is made for.
 */
export function draw(plan: SamplePlan, planner: NamedPlans, r: ShapedSource): JsonValue {
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
