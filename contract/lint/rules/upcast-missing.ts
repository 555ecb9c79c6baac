import { diagnose } from '../../diagnostics/index.ts';
import { versionsOf } from '../../model/index.ts';
import { isDoubtful } from '../doubt.ts';
import type { Rule } from '../rule.ts';

/** A handler is written for the newest version; each older one needs a way to it. */
export const upcastMissing: Rule = {
  codes: ['message/upcast-missing'],
  *check(workspace) {
    for (const message of workspace.messages) {
      const [newest, ...older] = versionsOf(workspace, message);
      if (newest?.id !== message.id || [newest, ...older].some((it) => isDoubtful(workspace, it))) continue;
      const known = new Set(newest.contract.upcasts.map((it) => it.from));
      // One that comes from nowhere is probably meant for it, and has a finding of its own.
      if ([...known].some((from) => !older.some((it) => it.version === from))) continue;
      for (const { version: from } of older) {
        if (known.has(from)) continue;
        yield diagnose(
          'message/upcast-missing',
          { ...newest.at, part: 'key' },
          { name: newest.name, from, to: newest.version },
        );
      }
    }
  },
};
