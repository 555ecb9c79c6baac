import { canonicalText, type JsonValue } from '../json/json-value.ts';
import type { Keyword, Translation } from './keyword.ts';

function unevaluated(keyword: string): Keyword {
  return (value: JsonValue, { document, logic, opaque, place }: Translation) =>
    document.dialect === 'draft-07' || value === true
      ? logic.anything
      : opaque(
          `${keyword} ${place.base}#${place.pointer} ${canonicalText(value)}`,
          `${keyword} is not covered`,
        );
}

/** Keywords that depend on what other keywords looked at (core, section 11). */
export const unevaluatedKeywords: Record<string, Keyword> = {
  unevaluatedItems: unevaluated('unevaluatedItems'),
  unevaluatedProperties: unevaluated('unevaluatedProperties'),
};
