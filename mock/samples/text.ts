import { type SchemaObject, type TextPlace, textSubject } from '@chirograph/contract/model';
import type { Sampler } from '@chirograph/runtime/samples';

/** Text by what it is about, else by its pattern, else plain words of the right length: as generated samples are made. */
export function text(json: SchemaObject, place: TextPlace, r: Sampler): string {
  const subject = textSubject(json, place);
  switch (subject?.kind) {
    case 'shape':
      return r[subject.shape](subject.when);
    case 'word':
      return r.word(subject.word);
    case 'choice':
      return r.pick(subject.values);
  }
  const { pattern, minLength, maxLength } = json;
  if (typeof pattern === 'string') {
    return r.matching(
      pattern,
      typeof minLength === 'number' ? minLength : undefined,
      typeof maxLength === 'number' ? maxLength : undefined,
    );
  }
  const min = typeof minLength === 'number' ? minLength : 1;
  const max = typeof maxLength === 'number' ? maxLength : Math.max(min, 40);
  return r.text(min, max);
}

/** Whether the schema itself says what the text looks like, so that its examples need not be repeated. */
export function isShaped(json: SchemaObject): boolean {
  return typeof json.pattern === 'string' || textSubject(json, { name: '', owner: '' }) !== undefined;
}
