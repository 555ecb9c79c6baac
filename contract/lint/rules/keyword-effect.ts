import { childPointer, type SchemaObject } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import type { Rule } from '../rule.ts';
import { inAllSchemas } from '../schema-nodes.ts';

/** A keyword about lists says nothing of a text: whoever wrote it meant another type, or another keyword. */
export const keywordEffect: Rule = {
  codes: ['schema/keyword-without-effect'],
  check: (workspace) =>
    inAllSchemas(
      workspace,
      'keyword-effect',
      function* ({ schema, at }) {
        // A type that there is not has been reported, and says nothing of keywords.
        const types = [schema.type].flat().filter((it): it is string => TYPES.has(String(it)));
        if (types.length === 0 || types.length < [schema.type].flat().length) return;
        const idle = idleIn(schema, types);
        if (idle.length === 0) return;
        for (const [about, group] of Map.groupBy(idle, (it) => it.about)) {
          const keywords = group.map(({ keyword }) => keyword);
          const pointer = childPointer(at.pointer, keywords[0] ?? '');
          const place = { file: at.file, pointer, part: 'key' } as const;
          yield diagnose('schema/keyword-without-effect', place, {
            keywords,
            about,
            type: types.join(' or '),
          });
        }
      },
      ['type'],
    ),
};

function idleIn(schema: SchemaObject, types: readonly string[]) {
  const found: { readonly keyword: string; readonly about: string }[] = [];
  for (const keyword in schema) {
    const about = ABOUT.get(keyword);
    if (!about || types.some((it) => about.types.includes(it))) continue;
    if (keyword !== 'format' || isOfTexts(schema)) found.push({ keyword, about: about.name });
  }
  return found;
}

/** Numbers have formats of their own: `int32`, `double`. */
function isOfTexts({ format }: SchemaObject): boolean {
  return (
    typeof format === 'string' &&
    /^(date|time|date-time|duration|uuid|email|uri|hostname|ipv[46])$/.test(format)
  );
}

const TYPES = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']);

interface About {
  readonly name: string;
  readonly types: readonly string[];
}

const GROUPS: readonly (readonly [string, readonly string[], string])[] = [
  ['strings', ['string'], 'minLength maxLength pattern format'],
  ['numbers', ['number', 'integer'], 'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf'],
  ['arrays', ['array'], 'items prefixItems additionalItems contains minItems maxItems uniqueItems'],
  [
    'objects',
    ['object'],
    'properties patternProperties additionalProperties propertyNames required minProperties maxProperties',
  ],
];

const ABOUT: ReadonlyMap<string, About> = new Map(
  GROUPS.flatMap(([name, types, keywords]) =>
    keywords.split(' ').map((it) => [it, { name, types }] as const),
  ),
);
