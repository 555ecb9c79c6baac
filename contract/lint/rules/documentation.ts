import { diagnose } from '../../diagnostics/index.ts';
import type { Rule } from '../rule.ts';

/** A message is read by people who did not write it. */
export const documentation: Rule = {
  codes: ['message/no-description'],
  *check({ messages }) {
    for (const { at, key, version, summary, description } of messages) {
      if (summary || description) continue;
      yield diagnose('message/no-description', { ...at, part: 'key' }, { message: `${key} ${version}` });
    }
  },
};
