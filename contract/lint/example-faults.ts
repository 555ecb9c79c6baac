import { childPointer, type Fault, isObject, locationOf, type Words, wordsFor } from '@chirograph/schema';
import { type Place, suggest } from '../diagnostics/index.ts';
import { type Message, oncePer, type Workspace } from '../model/index.ts';
import { closedBranchesIn } from './closed-branches.ts';
import { isContradictory } from './contradiction.ts';
import { evaluatorOf } from './evaluator-of.ts';
import { remembered } from './memo.ts';
import { overlapsIn } from './overlaps.ts';
import { isUndescribed } from './undescribed.ts';
import { writtenAt } from './written-at.ts';

/** One fault of an example of a message. */
export interface ExampleFault {
  readonly message: Message;
  readonly part: 'payload' | 'headers';
  readonly example: number;
  readonly place: Place;
  readonly words: Words;
  /** What it is known by: place and reason. */
  readonly known: string;
  /** The same for each example that is wrong in the same way. */
  readonly cause: string;
}

/** What examples of messages are refused for. */
interface Refused {
  readonly faults: readonly ExampleFault[];
  /** What is the schema's fault and is told there: nothing, or nothing described, could meet it. */
  readonly ofSchemas: readonly Fault[];
}

/** The faults of the examples of all messages. */
export const refusedIn = oncePer((workspace: Workspace): Refused => {
  const messages = [...workspace.messages, ...(workspace.spare ?? [])].filter((it) => it.examples.length > 0);
  const all = messages.flatMap((message) =>
    (['payload', 'headers'] as const).flatMap((part) => refusedOf(workspace, message, part)),
  );
  return {
    faults: all.flatMap(({ faults }) => faults),
    ofSchemas: all.flatMap(({ ofSchemas }) => ofSchemas),
  };
});

function refusedOf(workspace: Workspace, message: Message, part: 'payload' | 'headers'): readonly Refused[] {
  const root = message[part];
  if (root === undefined) return [];
  return remembered(workspace, message, `examples of ${part}`, root, () =>
    message.examples.flatMap((example, index) => {
      const value = example[part];
      // Headers that are no object are a fault of the document, and told as one.
      if (value === undefined || (part === 'headers' && !isObject(value))) return [];
      const at = { file: example.at.file, pointer: childPointer(example.at.pointer, part) };
      const all = evaluatorOf(workspace).faultsOf({ $ref: root }, value, at);
      if (all.length === 0) return [];
      const faults = withoutMisspelt(all.filter((it) => !isOfSchema(workspace, it))).map(
        (fault): ExampleFault => {
          const { place, ...words } = described(workspace, fault);
          const known = `${place.file}#${place.pointer} ${words.found} ${words.expected}`;
          // Items of a list are wrong in the same way.
          const within = place.pointer.slice(at.pointer.length).replace(/\/\d+(?=\/|$)/g, '/*');
          const cause = `${message.id} ${part} ${within} ${words.expected}`;
          return { message, part, example: index + 1, place, words, known, cause };
        },
      );
      return [{ faults, ofSchemas: all.filter((it) => isOfSchema(workspace, it)) }];
    }),
  );
}

/** True for what is the fault of the schema that refuses, and has a finding there. */
export function isOfSchema(workspace: Workspace, { schema, problem }: Fault): boolean {
  if (isContradictory(workspace, schema)) return true;
  if (problem.kind === 'ambiguous' && overlapsIn(workspace).has(schema)) return true;
  if (problem.kind === 'unknown-key' && closedBranchesIn(workspace).get(schema)?.refused.has(problem.key))
    return true;
  return problem.kind === 'missing-key' && problem.keys.every((key) => isUndescribed(workspace, schema, key));
}

/** A misspelt key is told as the one that is missing; that it is unknown besides is the same fault. */
function withoutMisspelt(faults: readonly Fault[]): Fault[] {
  const keyOf = (trail: Fault['trail'], key: string) => `${locationOf(trail).pointer} ${key}`;
  const misspelt = new Set(
    faults.flatMap((fault) => {
      const found = misspeltKey(fault);
      return found ? [keyOf(fault.trail, found.key)] : [];
    }),
  );
  return faults.filter(
    ({ problem, trail }) => problem.kind !== 'unknown-key' || !misspelt.has(keyOf(trail, problem.key)),
  );
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
