import { childPointer, JSON_TYPES, KEYWORDS, type KeywordRow, type SchemaObject } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import type { Rule } from '../rule.ts';
import { inAllSchemas } from '../schema-nodes.ts';

/** A keyword for arrays has no effect on a string: another type was meant, or another keyword. */
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

const TYPES: ReadonlySet<string> = new Set(JSON_TYPES);

interface About {
  readonly name: string;
  readonly types: readonly string[];
}

const NAMES: Readonly<Partial<Record<string, string>>> = {
  string: 'strings',
  number: 'numbers',
  array: 'arrays',
  object: 'objects',
};

/** What each keyword is about, where that is one type of values. */
const ABOUT: ReadonlyMap<string, About> = new Map(
  Object.entries<KeywordRow>(KEYWORDS).flatMap(([keyword, { about }]) => {
    const name = about === 'all' ? undefined : NAMES[about[0] ?? ''];
    return about === 'all' || name === undefined ? [] : [[keyword, { name, types: about }] as const];
  }),
);
