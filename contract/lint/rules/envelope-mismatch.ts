import { diagnose } from '../../diagnostics/index.ts';
import { fieldSchemas, type Message, type Workspace } from '../../model/index.ts';
import { isDoubtful } from '../doubt.ts';
import type { Rule } from '../rule.ts';

/** Where a payload pins the type or the version of its envelope, it pins what the contract says. */
export const envelopeMismatch: Rule = {
  codes: ['message/envelope-mismatch'],
  *check(workspace) {
    for (const message of workspace.messages) {
      if (isDoubtful(workspace, message)) continue;
      for (const [part, expected] of [
        ['type', message.name],
        ['version', message.version],
      ] as const) {
        const found = pinned(workspace, message, part).find((value) => value !== expected);
        if (found === undefined) continue;
        yield diagnose(
          'message/envelope-mismatch',
          { ...message.at, part: 'key' },
          {
            part,
            expected,
            found: `the schema says ${typeof found === 'string' ? `\`${found}\`` : `the number ${found}`}`,
          },
        );
      }
    }
  },
};

/** Text, or a number: `const: 2.0` without quotes is one, and no text equals it. */
function pinned(workspace: Workspace, message: Message, part: 'type' | 'version'): (string | number)[] {
  const place = message.contract.envelope[part];
  const root = place && message[place.in];
  if (!place || root === undefined) return [];
  return fieldSchemas(workspace, root, place.path).flatMap((schema) =>
    typeof schema === 'object' && (typeof schema.const === 'string' || typeof schema.const === 'number')
      ? [schema.const]
      : [],
  );
}
