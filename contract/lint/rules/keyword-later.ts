import { childPointer, laterKeywords } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import type { Rule } from '../rule.ts';
import { inAllSchemas } from '../schema-nodes.ts';

/** A keyword of a later draft than its schema is read as: whoever wrote it believes in a check that nobody makes. */
export const keywordLater: Rule = {
  codes: ['schema/keyword-later'],
  check: (workspace) =>
    inAllSchemas(workspace, 'keyword-later', function* ({ schema, at, owner }) {
      const dialect = workspace.schemas[owner]?.dialect ?? 'draft-07';
      for (const { keyword, since } of laterKeywords(schema, dialect)) {
        const place = { file: at.file, pointer: childPointer(at.pointer, keyword), part: 'key' } as const;
        yield diagnose('schema/keyword-later', place, { keyword, since, dialect });
      }
    }),
};
