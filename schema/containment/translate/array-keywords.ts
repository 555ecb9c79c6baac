import { isArray, type JsonValue, member } from '../../json/json-value.ts';
import type { Formula, Shape, Side } from '../logic/formula.ts';
import { countOf, type Keyword, type Translation } from './keyword.ts';

/** All items from `from` up to but not including `to` have the shape. */
function everyItem({ logic }: Translation, shape: Shape, from: number, to: number): Formula {
  const other = logic.complement(shape);
  return logic.atom({ kind: 'items', side: 'atMost', count: 0, from, to, shape: other });
}

function tuple(value: readonly JsonValue[], keyword: string, translation: Translation): Shape {
  const { child, logic } = translation;
  const items = value.map((part, i) => everyItem(translation, child(part, keyword, String(i)), i, i + 1));
  return logic.when('array', logic.and(items));
}

function rest(value: JsonValue, keyword: string, from: number, translation: Translation): Shape {
  const { child, logic } = translation;
  return logic.when('array', everyItem(translation, child(value, keyword), from, Infinity));
}

function size(side: Side): Keyword {
  return (value, { logic }) => {
    const count = countOf(value);
    if (count === undefined) return undefined;
    const formula = logic.atom({ kind: 'items', side, count, from: 0, to: Infinity, shape: logic.anything });
    return logic.when('array', formula);
  };
}

/** Keywords for arrays (core, section 10.3.1; validation, section 6.4), in the form of every edition. */
export const arrayKeywords = {
  items: (value, translation) => {
    const { document, schema } = translation;
    if (document.dialect !== '2020-12') {
      return isArray(value) ? tuple(value, 'items', translation) : rest(value, 'items', 0, translation);
    }
    const prefix = member(schema, 'prefixItems');
    return isArray(value)
      ? undefined
      : rest(value, 'items', isArray(prefix) ? prefix.length : 0, translation);
  },
  prefixItems: (value, translation) => {
    if (translation.document.dialect !== '2020-12') return translation.logic.anything;
    return isArray(value) ? tuple(value, 'prefixItems', translation) : undefined;
  },
  additionalItems: (value, translation) => {
    const items = member(translation.schema, 'items');
    if (translation.document.dialect === '2020-12' || !isArray(items)) return translation.logic.anything;
    return rest(value, 'additionalItems', items.length, translation);
  },
  contains: (value, { child, document, logic, schema }) => {
    const counts = document.dialect !== 'draft-07';
    const min = countOf((counts ? member(schema, 'minContains') : undefined) ?? 1);
    const max = counts ? member(schema, 'maxContains') : undefined;
    const most = max === undefined ? Infinity : countOf(max);
    if (min === undefined || most === undefined) return undefined;
    const items = { kind: 'items', from: 0, to: Infinity, shape: child(value, 'contains') } as const;
    const atLeast = logic.atom({ ...items, side: 'atLeast', count: min });
    const atMost = logic.atom({ ...items, side: 'atMost', count: most });
    return logic.when('array', logic.and([atLeast, atMost]));
  },
  minItems: size('atLeast'),
  maxItems: size('atMost'),
  uniqueItems: (value, { logic }) => {
    if (typeof value !== 'boolean') return undefined;
    return value ? logic.when('array', logic.atom({ kind: 'unique', negated: false })) : logic.anything;
  },
} satisfies Record<string, Keyword>;
