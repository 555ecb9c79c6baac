import { type SchemaObject, type TextPlace, textSubject } from '@chirograph/contract/model';
import { quote } from '../source/source-file.ts';
import { literal } from '../source/value.ts';

/** Code for a string: what it is about, else its pattern, else plain words of the right length. */
export function textFor(json: SchemaObject, place: TextPlace): string {
  const subject = textSubject(json, place);
  switch (subject?.kind) {
    case 'shape':
      return `r.${subject.shape}(${subject.when === undefined ? '' : quote(subject.when)})`;
    case 'word':
      return `r.word(${quote(subject.word)})`;
    case 'choice':
      return `r.pick(${literal([...subject.values])})`;
  }
  const { pattern, minLength, maxLength } = json;
  const bounds = [minLength, maxLength].filter((it) => typeof it === 'number');
  if (typeof pattern === 'string') {
    const min = typeof minLength === 'number' ? minLength : 0;
    const length =
      bounds.length === 0
        ? ''
        : `, ${[min, ...(typeof maxLength === 'number' ? [maxLength] : [])].join(', ')}`;
    return `r.matching(${quote(pattern)}${length})`;
  }
  const min = typeof minLength === 'number' ? minLength : 1;
  const max = typeof maxLength === 'number' ? maxLength : Math.max(min, 40);
  return `r.text(${min}, ${max})`;
}
