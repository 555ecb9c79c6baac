import { diagnose, type Place, suggest } from '../../diagnostics/index.ts';
import type { Message, Workspace } from '../../model/index.ts';
import { type Fault, locationOf, type Words, wordsFor } from '../../schema/index.ts';
import { childPointer, isObject } from '../../source/index.ts';
import { isContradictory } from '../contradiction.ts';
import { isDoubtful } from '../doubt.ts';
import { evaluatorOf } from '../evaluator-of.ts';
import type { Rule } from '../rule.ts';
import { isUndescribed } from '../undescribed.ts';
import { writtenAt } from '../written-at.ts';

/** Examples must be what they exemplify; AsyncAPI 3 leaves this unchecked. */
export const examples: Rule = {
  codes: ['message/example-invalid', 'message/no-example'],
  *check(workspace) {
    for (const message of workspace.messages) {
      if (message.examples.length === 0 && !isDoubtful(workspace, message)) {
        yield diagnose('message/no-example', { ...message.at, part: 'key' }, { message: labelOf(message) });
      }
    }
    const faults = [...workspace.messages, ...(workspace.spare ?? [])].flatMap((message) =>
      (['payload', 'headers'] as const).flatMap((part) => faultsIn(workspace, message, part)),
    );
    // An example that stands in a trait is every message's that takes the trait: its faults are told once.
    for (const [, [first, ...others]] of Map.groupBy(faults, ({ known }) => known)) {
      if (!first) continue;
      const { place, example, message, part, words } = first;
      yield diagnose('message/example-invalid', place, {
        example,
        message: labelOf(message),
        others: others.length,
        part,
        ...words,
      });
    }
  },
};

interface ExampleFault {
  readonly message: Message;
  readonly part: 'payload' | 'headers';
  readonly example: number;
  readonly place: Place;
  readonly words: Words;
  /** What it is known by: place and reason. */
  readonly known: string;
}

function faultsIn(workspace: Workspace, message: Message, part: 'payload' | 'headers'): ExampleFault[] {
  const id = message[part];
  if (id === undefined) return [];
  return message.examples.flatMap((example, index) => {
    const value = example[part];
    if (value === undefined) return [];
    const at = { file: example.at.file, pointer: childPointer(example.at.pointer, part) };
    const faults = evaluatorOf(workspace).faultsOf({ $ref: id }, value, at);
    return faults.flatMap((fault) => {
      if (isOfSchema(workspace, fault)) return [];
      const { place, ...words } = described(workspace, fault);
      const known = `${place.file}#${place.pointer} ${words.found} ${words.expected}`;
      return [{ message, part, example: index + 1, place, words, known }];
    });
  });
}

/** What is the fault of the schema, and has been told there: nothing, or nothing described, could meet it. */
function isOfSchema(workspace: Workspace, { schema, problem }: Fault): boolean {
  if (isContradictory(workspace, schema)) return true;
  return problem.kind === 'missing-key' && problem.keys.every((key) => isUndescribed(workspace, schema, key));
}

/** Where to point, and what to say: at the key where a key is at fault, else at the value. */
function described(workspace: Workspace, fault: Fault): Words & { readonly place: Place } {
  const at = locationOf(fault.trail);
  const misspelt = misspeltKey(fault);
  if (misspelt) {
    const { key, meant } = misspelt;
    const place = { file: at.file, pointer: childPointer(at.pointer, key), part: 'key' } as const;
    return { place, found: `\`${key}\``, expected: `\`${meant}\`` };
  }
  const key =
    fault.problem.kind === 'unknown-key' || fault.problem.kind === 'key-name' ? fault.problem.key : undefined;
  const place =
    key === undefined
      ? at
      : ({ file: at.file, pointer: childPointer(at.pointer, key), part: 'key' } as const);
  return { place, ...wordsFor(fault, writtenAt(workspace, at)) };
}

/** The key of an example that stands where a required one is missing, and is much like it. */
function misspeltKey({
  problem,
  value,
  schema,
}: Fault): { readonly key: string; readonly meant: string } | undefined {
  const [meant] = problem.kind === 'missing-key' ? problem.keys : [];
  if (meant === undefined || !isObject(value)) return undefined;
  const known = isObject(schema.properties) ? schema.properties : {};
  const key = suggest(
    meant,
    Object.keys(value).filter((it) => !Object.hasOwn(known, it)),
  );
  return key === undefined ? undefined : { key, meant };
}

function labelOf({ key, version }: Message): string {
  return `${key} ${version}`;
}
