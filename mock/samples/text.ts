import type { Sampler } from '@chirograph/runtime/samples';
import type { SchemaObject } from '@chirograph/schema';
import { type TextPlace, textPlan } from '@chirograph/schema/samples';

/** Text by what it is about, else by its pattern, else plain words of the right length. Throws where nobody makes text for it. */
export function text(json: SchemaObject, place: TextPlace, r: Sampler): string {
  const plan = textPlan(json, place);
  switch (plan?.kind) {
    case undefined:
      throw new Error(`no sample for back-references in /${json.pattern}/`);
    case 'shape':
      return r[plan.shape](plan.when);
    case 'word':
      return r.word(plan.word);
    case 'choice':
      return r.pick(plan.values);
    case 'text':
      return r.text(plan.min, plan.max);
    case 'matching':
      return r.matching(plan.pattern, plan.min, plan.max);
  }
}
