import type { SchemaObject } from '@chirograph/schema';
import { type TextPlace, textPlan } from '@chirograph/schema/samples';
import { quote } from '../source/text.ts';
import { literal } from '../source/value.ts';

/** Code for a string; undefined where nobody makes text for its pattern. */
export function textFor(json: SchemaObject, place: TextPlace): string | undefined {
  const plan = textPlan(json, place);
  switch (plan?.kind) {
    case undefined:
      return undefined;
    case 'shape':
      return `r.${plan.shape}(${plan.when === undefined ? '' : quote(plan.when)})`;
    case 'word':
      return `r.word(${quote(plan.word)})`;
    case 'choice':
      return `r.pick(${literal([...plan.values])})`;
    case 'text':
      return `r.text(${plan.min}, ${plan.max})`;
    case 'matching': {
      const { min, max } = plan;
      const bounds = max === undefined ? (min === undefined ? [] : [min]) : [min ?? 0, max];
      return `r.matching(${[quote(plan.pattern), ...bounds].join(', ')})`;
    }
  }
}
