import type { JsonValue } from '../json/json-value.ts';
import { counts, keywordRow } from './keyword-table.ts';
import type { Dialect, Draft, SchemaObject } from './schema.ts';

/** A keyword that checks values in another draft than the one that its schema is read as. */
export interface IgnoredKeyword {
  readonly keyword: string;
  /** A draft that has it: the first one, or the last. */
  readonly since: Draft;
}

/** A schema object as it is read, its subschemas as they were, and what does not count in it. */
export interface ReadKeywords {
  readonly schema: SchemaObject;
  readonly ignored: readonly IgnoredKeyword[];
}

/**
 * What a draft reads of a schema object: the keywords that it has, in the words of the {@link dialectOfDraft}. So later
 * readers need not ask which draft a schema was written for.
 */
export function readKeywords(schema: SchemaObject, draft: Draft): ReadKeywords {
  const ignored: IgnoredKeyword[] = [];
  let read: Record<string, JsonValue> | undefined;
  for (const keyword in schema) {
    const row = keywordRow(keyword);
    if (row === undefined || counts(row, draft) || row.role === 'identity' || row.role === 'annotation')
      continue;
    read ??= { ...schema };
    delete read[keyword];
    ignored.push({
      keyword,
      since: counts(row, '2020-12') || row.until === undefined ? row.since : row.until,
    });
  }
  if (draft === 'draft-04') {
    read ??= { ...schema };
    exclusive(read, 'minimum', 'exclusiveMinimum');
    exclusive(read, 'maximum', 'exclusiveMaximum');
  }
  return { schema: read ?? schema, ignored };
}

/** The dialect in whose words a draft is read. */
export function dialectOfDraft(draft: Draft): Dialect {
  return draft === 'draft-04' || draft === 'draft-06' ? 'draft-07' : draft;
}

/** Draft-04 says by a flag that a bound is no value itself. */
export function exclusive(schema: Record<string, JsonValue>, bound: string, flag: string): void {
  const isExclusive = schema[flag];
  if (typeof isExclusive !== 'boolean') return;
  delete schema[flag];
  const value = schema[bound];
  if (!isExclusive || value === undefined) return;
  delete schema[bound];
  schema[flag] = value;
}
