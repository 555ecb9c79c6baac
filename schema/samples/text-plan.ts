import type { SchemaObject } from '../keywords/schema.ts';
import { numberAt } from './keyword-values.ts';
import type { SamplePlan } from './sample-plan.ts';
import { narrowPattern, type TextPlace, textSubject } from './text-subject.ts';

/** Where a pattern refers back to what it has found, nobody makes text for it. */
export function textPlan(json: SchemaObject, place: TextPlace): SamplePlan {
  const subject = textSubject(json, place);
  if (subject) return subject;
  const [min, max] = [numberAt(json, 'minLength'), numberAt(json, 'maxLength')];
  const pattern = typeof json.pattern === 'string' ? json.pattern : narrowPattern(json);
  if (pattern === undefined) {
    const least = min ?? Math.min(1, max ?? 1);
    return { kind: 'text', min: least, max: max ?? Math.max(least, 40) };
  }
  return BACK_REFERENCE.test(pattern)
    ? { kind: 'pick', values: [] }
    : { kind: 'matching', pattern, min, max };
}

/** What the format alone gives; undefined where there is none that is known. */
export function formatPlan({ pattern: _, ...json }: SchemaObject, place: TextPlace): SamplePlan | undefined {
  return typeof json.format === 'string' ? textSubject(json, place) : undefined;
}

const BACK_REFERENCE = /\\(?:[1-9]|k<)/;
