import type { Dialect, SchemaObject } from './schema.ts';

/** A keyword that constrains values, and the first dialect that has it. */
export interface LaterKeyword {
  readonly keyword: string;
  readonly since: Dialect;
}

/** The keywords of a schema that its dialect does not have: they check nothing, whatever another draft means by them. */
export function laterKeywords(schema: SchemaObject, dialect: Dialect): LaterKeyword[] {
  if (dialect === '2020-12') return [];
  return LATER.filter(
    ({ keyword, since }) => keyword in schema && DIALECTS.indexOf(dialect) < DIALECTS.indexOf(since),
  );
}

const DIALECTS: readonly Dialect[] = ['draft-07', '2019-09', '2020-12'];

const LATER: readonly LaterKeyword[] = [
  { keyword: 'prefixItems', since: '2020-12' },
  ...[
    'dependentRequired',
    'dependentSchemas',
    'maxContains',
    'minContains',
    'unevaluatedItems',
    'unevaluatedProperties',
  ].map((keyword) => ({ keyword, since: '2019-09' as const })),
];
