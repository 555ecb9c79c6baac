import { Ajv2020 } from 'ajv/dist/2020.js';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import draft07 from 'ajv/dist/refs/json-schema-draft-07.json' with { type: 'json' };
import { expect, it } from 'vitest';
import { counts, KEYWORDS, type KeywordRow } from './keyword-table.ts';

const rows: readonly (readonly [string, KeywordRow])[] = Object.entries(KEYWORDS);
const row = (word: string) => rows.find(([it]) => it === word)?.[1];

it.each([
  // `$defs` is read in older drafts too, as people write it there.
  ['draft-06', draft06, ['$defs']],
  // The official meta-schema has it; the copy in Ajv has not.
  ['draft-07', draft07, ['$defs', 'writeOnly']],
] as const)('holds the keywords of the meta-schema of %s', (draft, { properties }, more) => {
  const ours = rows.filter(([, it]) => counts(it, draft)).map(([word]) => word);
  expect(ours.toSorted()).toEqual([...Object.keys(properties), ...more].sort());
});

it('says of each keyword the types of values that Ajv applies it to', () => {
  const found: string[] = [];
  for (const { type, rules } of new Ajv2020().RULES.rules) {
    for (const { keyword } of rules) {
      const about = row(keyword)?.about;
      // Ajv has formats of numbers of its own.
      if (about === undefined || keyword === 'format') continue;
      const types = type === undefined ? 'all' : type === 'number' ? ['number', 'integer'] : [type];
      expect([keyword, about]).toEqual([keyword, types]);
      found.push(keyword);
    }
  }
  expect(found).toEqual(expect.arrayContaining(['allOf', 'maximum', 'pattern', 'items', 'required', 'if']));
});

it('knows what a keyword holds by what its meta-schema lets it hold', () => {
  const isSchema = (it: unknown) => JSON.stringify(it)?.includes('"$ref":"#"') ?? false;
  for (const [word, value] of Object.entries(draft07.properties) as [string, Record<string, unknown>][]) {
    const holds = row(word)?.holds;
    const expected = Array.isArray(value.anyOf)
      ? 'one or list'
      : value.additionalProperties !== undefined && value.type === 'object'
        ? 'map'
        : String(value.$ref).endsWith('/schemaArray')
          ? 'list'
          : isSchema(value)
            ? 'one'
            : undefined;
    if (word !== 'type') expect([word, holds]).toEqual([word, expected]);
  }
});
