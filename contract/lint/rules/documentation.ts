import { diagnose } from '../../diagnostics/index.ts';
import { isDoubtful } from '../doubt.ts';
import type { Rule } from '../rule.ts';

/** A message is read by people who did not write it. */
export const documentation: Rule = {
  codes: ['message/no-description'],
  *check(workspace) {
    for (const message of workspace.messages) {
      const { at, key, version, summary, description } = message;
      if (summary || description || isDoubtful(workspace, message)) continue;
      yield diagnose('message/no-description', { ...at, part: 'key' }, { message: `${key} ${version}` });
    }
  },
};
