import { childPointer } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import type { Workspace } from '../../model/index.ts';
import { asMeant } from '../as-meant.ts';
import { refusedIn } from '../example-faults.ts';
import { misnomersOf } from '../keywords.ts';
import type { Rule } from '../rule.ts';

/**
 * A keyword that is misspelt, or borrowed from elsewhere, is ignored by everybody without a word. Where the schema then
 * refuses the examples that it was written for, it is an error.
 */
export const keywordKnown: Rule = {
  codes: ['schema/unknown-keyword'],
  asWritten: true,
  *check(workspace) {
    const meant = asMeant(workspace);
    if (meant === workspace) return;
    const isBreaking = timesRefused(workspace) > timesRefused(meant);
    for (const { word, keyword, fix, at } of misnomersOf(workspace)) {
      const place = { file: at.file, pointer: childPointer(at.pointer, word), part: 'key' } as const;
      const suggestion = fix === undefined ? keyword : undefined;
      const found = diagnose('schema/unknown-keyword', place, { word, suggestion, fix, isBreaking });
      yield isBreaking ? { ...found, severity: 'error' } : found;
    }
  },
};

function timesRefused(workspace: Workspace): number {
  const { faults, ofSchemas } = refusedIn(workspace);
  return faults.length + ofSchemas.length;
}
