import { diagnose } from '../../diagnostics/index.ts';
import type { Message } from '../../model/index.ts';
import { isDoubtful } from '../doubt.ts';
import { refusedIn } from '../example-faults.ts';
import type { Rule } from '../rule.ts';

/** Examples must be what they exemplify; AsyncAPI 3 leaves this unchecked. */
export const examples: Rule = {
  codes: ['message/example-invalid', 'message/no-example'],
  *check(workspace) {
    for (const message of workspace.messages) {
      if (message.examples.length === 0 && !isDoubtful(workspace, message)) {
        yield diagnose('message/no-example', { ...message.at, part: 'key' }, { message: labelOf(message) });
      }
    }
    // An example that stands in a trait is every message's that takes the trait: its faults are told once.
    for (const [, [first, ...others]] of Map.groupBy(refusedIn(workspace).faults, ({ known }) => known)) {
      if (!first) continue;
      const { place, example, message, part, words, cause } = first;
      const found = diagnose('message/example-invalid', place, {
        example,
        message: labelOf(message),
        others: others.length,
        part,
        ...words,
      });
      yield { ...found, cause };
    }
  },
};

function labelOf({ key, version }: Message): string {
  return `${key} ${version}`;
}
