import type { JsonSchema } from '../keywords/schema.ts';
import type { NamedPlans } from './draw.ts';
import type { SamplePlan } from './sample-plan.ts';

/**
 * What the values of a plan look like: their types, and of objects the described members alone, so that a value of that
 * shape has the type that the schema has in code. Bounds and patterns are the schema's to tell.
 */
export function shapeOfPlan(plan: SamplePlan, plans: NamedPlans, depth = 0): JsonSchema {
  const shape = (it: SamplePlan): JsonSchema => shapeOfPlan(it, plans, depth);
  switch (plan.kind) {
    case 'pick':
    case 'subset':
      return true;
    case 'example':
      return shape(plan.otherwise);
    case 'boolean':
    case 'number':
      return { type: plan.kind };
    case 'object': {
      const { properties, entries } = plan;
      return {
        type: 'object',
        properties: Object.fromEntries(properties.map((it) => [it.name, shape(it.plan)])),
        required: properties.flatMap(({ name, use }) => (use === 'always' ? [name] : [])),
        additionalProperties: entries ? shape(entries.value) : false,
      };
    }
    case 'list':
      return { type: 'array', items: { anyOf: [plan.item, ...plan.also].map(shape) } };
    case 'tuple':
      return { type: 'array' };
    case 'ways':
      return { anyOf: plan.ways.map(shape) };
    case 'nullable':
      return { anyOf: [{ type: 'null' }, shape(plan.plan)] };
    case 'named':
      return depth < DEEPEST ? shapeOfPlan(plans.named(plan.id), plans, depth + 1) : { $ref: plan.id };
    case 'deeper':
      return { anyOf: [shape(plan.plan), shape(plan.otherwise)] };
    default:
      return { type: 'string' };
  }
}

/** How far down what others refer to is written out. */
const DEEPEST = 3;
