import { diagnose } from '../../diagnostics/index.ts';
import { childPointer } from '../../source/index.ts';
import { misnomersIn } from '../keywords.ts';
import type { Rule } from '../rule.ts';
import { allSchemas } from '../schema-nodes.ts';

/** A keyword that is misspelt, or borrowed from elsewhere, is ignored by everybody without a word. */
export const keywordKnown: Rule = {
  codes: ['schema/unknown-keyword'],
  asWritten: true,
  *check(workspace) {
    for (const { schema, at } of allSchemas(workspace)) {
      for (const { word, keyword, mend } of misnomersIn(schema)) {
        const place = { file: at.file, pointer: childPointer(at.pointer, word), part: 'key' } as const;
        yield diagnose('schema/unknown-keyword', place, {
          word,
          suggestion: mend ? undefined : keyword,
          mend,
        });
      }
    }
  },
};
