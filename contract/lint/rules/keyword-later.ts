import { diagnose } from '../../diagnostics/index.ts';
import type { Rule } from '../rule.ts';

/** A keyword of another draft than its schema is read as: its author believes in a check that nobody makes. */
export const keywordLater: Rule = {
  codes: ['schema/keyword-later'],
  *check({ schemas }) {
    for (const { ignored = [] } of Object.values(schemas)) {
      for (const { keyword, since, draft, at } of ignored)
        yield diagnose('schema/keyword-later', { ...at, part: 'key' }, { keyword, since, dialect: draft });
    }
  },
};
