import type { JsonValue } from '@chirograph/schema';
import { type SchemaPart, valuesOf } from '@chirograph/schema/combine';
import { type Aspect, either, type Remark, shown } from './aspect.ts';

const KEYWORDS = ['enum', 'const'];

/** Which values a field is limited to. */
export const values: Aspect = ({ base, head }) => {
  const [before, after] = [allowed(base), allowed(head)];
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ what: 'enum-added', keywords: KEYWORDS, to: listed(after) }];
  if (after === undefined) return [{ what: 'enum-removed', keywords: KEYWORDS, from: listed(before) }];
  const gained = [...after.keys()].filter((it) => !before.has(it));
  const lost = [...before.keys()].filter((it) => !after.has(it));
  if (before.size === 1 && after.size === 1 && gained.length === 1) {
    return [{ what: 'const-changed', keywords: KEYWORDS, from: listed(before), to: listed(after) }];
  }
  const remarks: Remark[] = [];
  if (gained.length > 0) {
    remarks.push({ what: 'enum-value-added', keywords: KEYWORDS, entries: gained, to: named(after, gained) });
  }
  if (lost.length > 0) {
    remarks.push({
      what: 'enum-value-removed',
      keywords: KEYWORDS,
      entries: lost,
      from: named(before, lost),
    });
  }
  return remarks;
};

/** What stands in for a value that is not sent. */
export const defaults: Aspect = ({ base, head }) => {
  const text = (conjuncts: readonly SchemaPart[]) =>
    valuesOf(conjuncts, 'default').map(shown)[0] ?? 'nothing';
  const [from, to] = [text(base), text(head)];
  return from === to ? [] : [{ what: 'default-changed', keywords: ['default'], from, to }];
};

/** The values that all `enum` and `const` keywords allow together, by their JSON text; undefined: no limit. */
function allowed(conjuncts: readonly SchemaPart[]): ReadonlyMap<string, JsonValue> | undefined {
  const lists = conjuncts.flatMap(({ json }) => [
    ...(Array.isArray(json.enum) ? [json.enum as readonly JsonValue[]] : []),
    ...(Object.hasOwn(json, 'const') ? [[json.const as JsonValue]] : []),
  ]);
  if (lists.length === 0) return undefined;
  const [first = [], ...others] = lists.map((list) => new Map(list.map((it) => [JSON.stringify(it), it])));
  return new Map([...first].filter(([text]) => others.every((list) => list.has(text))));
}

function named(values: ReadonlyMap<string, JsonValue>, texts: readonly string[]): string {
  return either(texts.map((text) => shown(values.get(text) ?? null)));
}

function listed(values: ReadonlyMap<string, JsonValue> | undefined): string {
  return either([...(values?.values() ?? [])].map(shown));
}
