import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import type { Message, NodeId, Workspace } from '../../model/index.ts';
import { type Fault, locationOf, wordsFor } from '../../schema/index.ts';
import { childPointer } from '../../source/index.ts';
import { evaluatorOf } from '../evaluator-of.ts';
import { remembered } from '../memo.ts';
import type { Rule } from '../rule.ts';

/** Examples must be what they exemplify; AsyncAPI 3 leaves this unchecked. */
export const examples: Rule = {
  codes: ['message/example-invalid', 'message/no-example'],
  *check(workspace) {
    for (const message of workspace.messages) {
      if (message.examples.length === 0) {
        yield diagnose('message/no-example', { ...message.at, part: 'key' }, { message: labelOf(message) });
      }
    }
    for (const message of [...workspace.messages, ...(workspace.spare ?? [])]) {
      for (const part of ['payload', 'headers'] as const) {
        const root = message[part];
        if (root === undefined || message.examples.length === 0) continue;
        yield* remembered(workspace, message, `examples of ${part}`, root, () => [
          ...checkPart(workspace, message, part, root),
        ]);
      }
    }
  },
};

function* checkPart(
  workspace: Workspace,
  message: Message,
  part: 'payload' | 'headers',
  root: NodeId,
): Iterable<Diagnostic> {
  for (const [index, example] of message.examples.entries()) {
    const value = example[part];
    if (value === undefined) continue;
    const at = { file: example.at.file, pointer: childPointer(example.at.pointer, part) };
    for (const fault of evaluatorOf(workspace).faultsOf({ $ref: root }, value, at)) {
      const { place, ...words } = described(fault);
      yield diagnose('message/example-invalid', place, {
        example: index + 1,
        message: labelOf(message),
        part,
        ...words,
      });
    }
  }
}

/** Where to point, and what to say: at the key where a key is at fault, else at the value. */
function described(fault: Fault) {
  const at = locationOf(fault.trail);
  const key =
    fault.problem.kind === 'unknown-key' || fault.problem.kind === 'key-name' ? fault.problem.key : undefined;
  const place =
    key === undefined
      ? at
      : ({ file: at.file, pointer: childPointer(at.pointer, key), part: 'key' } as const);
  return { place, ...wordsFor(fault) };
}

function labelOf({ key, version }: Message): string {
  return `${key} ${version}`;
}
