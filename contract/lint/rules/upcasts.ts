import { childPointer, joinPointer, type Location, locationOf, wordsFor } from '@chirograph/schema';
import { type Diagnostic, diagnose, suggest } from '../../diagnostics/index.ts';
import {
  compareVersions,
  fieldSchemas,
  imageOf,
  type Message,
  type NodeId,
  reshapingOf,
  type Upcast,
  versionsOf,
  type Workspace,
} from '../../model/index.ts';
import { isDoubtful, isShapeDoubtful } from '../doubt.ts';
import { evaluatorOf } from '../evaluator-of.ts';
import type { Rule } from '../rule.ts';
import { gapOf } from '../upcasts/gap-of.ts';

/** What an upcast declares must make a valid message of every valid older one; else it takes a function. */
export const upcasts: Rule = {
  codes: [
    'message/upcast-from-unknown',
    'message/upcast-path-unknown',
    'message/upcast-default-invalid',
    'message/upcast-incomplete',
  ],
  *check(workspace) {
    for (const message of workspace.messages) {
      for (const upcast of message.contract.upcasts) yield* check(workspace, message, upcast);
    }
  },
};

function* check(workspace: Workspace, message: Message, upcast: Upcast): Iterable<Diagnostic> {
  const older = versionsOf(workspace, message).filter(
    (it) => compareVersions(it.version, message.version) < 0,
  );
  const old = older.find((it) => it.version === upcast.from);
  if (isUncertain(workspace, message, old)) return;
  if (!old) {
    const versions = older.map((it) => it.version);
    yield diagnose('message/upcast-from-unknown', inside(upcast.at, 'from'), {
      name: message.name,
      from: upcast.from,
      versions,
      suggestion: suggest(upcast.from, versions),
    });
    return;
  }
  if (upcast.byFunction || old.payload === undefined || message.payload === undefined) return;
  const wrong = [
    ...unknownPaths(
      workspace,
      { ...old, payload: old.payload },
      { ...message, payload: message.payload },
      upcast,
    ),
    ...invalidDefaults(workspace, message.payload, upcast),
  ];
  yield* wrong;
  if (wrong.length === 0) yield* incomplete(workspace, old, message, upcast);
}

/** True where either version, or what the older one is called, has perhaps not been read as it was meant. */
function isUncertain(workspace: Workspace, message: Message, old: Message | undefined): boolean {
  const { faults = [], messages } = workspace;
  if (faults.length === 0) return false;
  const related = old ? [message, old] : [message, ...messages.filter((it) => it.domain === message.domain)];
  return related.some((it) => isDoubtful(workspace, it) || (old && isShapeDoubtful(workspace, it)));
}

type Payloaded = Message & { readonly payload: NodeId };

/** Places that the older version, or this one, does not have. */
function unknownPaths(
  workspace: Workspace,
  old: Payloaded,
  message: Payloaded,
  upcast: Upcast,
): Diagnostic[] {
  const find = (
    of: Payloaded,
    path: readonly string[],
    at: Location & { readonly part?: 'key' },
  ): Diagnostic[] =>
    fieldSchemas(workspace, of.payload, path).length > 0
      ? []
      : [
          diagnose('message/upcast-path-unknown', at, {
            path: joinPointer(path),
            message: `${of.key} ${of.version}`,
            suggestion: nearby(workspace, of.payload, path),
          }),
        ];
  return [
    ...upcast.move.flatMap(({ from, to }) => {
      const at = inside(upcast.at, 'move', joinPointer(from));
      return [...find(old, from, { ...at, part: 'key' }), ...find(message, to, at)];
    }),
    ...upcast.remove.flatMap((path, index) => find(old, path, inside(upcast.at, 'remove', index))),
    ...upcast.default.flatMap(({ path }) =>
      find(message, path, { ...inside(upcast.at, 'default', joinPointer(path)), part: 'key' }),
    ),
  ];
}

/** A field beside the one that is meant, of a similar name. */
function nearby(workspace: Workspace, payload: NodeId, path: readonly string[]): string | undefined {
  const around = path.slice(0, -1);
  const names = fieldSchemas(workspace, payload, around).flatMap((it) =>
    typeof it === 'object' && typeof it.properties === 'object' && it.properties !== null
      ? Object.keys(it.properties)
      : [],
  );
  const near = suggest(path.at(-1) ?? '', names);
  return near === undefined ? undefined : joinPointer([...around, near]);
}

function* invalidDefaults(workspace: Workspace, payload: NodeId, upcast: Upcast): Iterable<Diagnostic> {
  const evaluator = evaluatorOf(workspace);
  for (const { path, value } of upcast.default) {
    const at = inside(upcast.at, 'default', joinPointer(path));
    const schemas = fieldSchemas(workspace, payload, path);
    // Branches may allow what others do not: only what all of them refuse is wrong for sure.
    if (schemas.length === 0 || schemas.some((it) => evaluator.matches(it, value))) continue;
    for (const fault of schemas.slice(0, 1).flatMap((it) => evaluator.faultsOf(it, value, at))) {
      yield diagnose('message/upcast-default-invalid', locationOf(fault.trail), {
        path: joinPointer(path),
        ...wordsFor(fault),
      });
    }
  }
}

function* incomplete(
  workspace: Workspace,
  old: Message,
  message: Message,
  upcast: Upcast,
): Iterable<Diagnostic> {
  const { payload } = old;
  if (payload === undefined || message.payload === undefined) return;
  const knows = (path: readonly string[]) => fieldSchemas(workspace, payload, path).length > 0;
  const image = imageOf(workspace, { $ref: payload }, reshapingOf(message, upcast, knows));
  const gap = image.gaps[0] ?? gapOf(workspace, payload, image.schema, message.payload);
  if (gap === undefined) return;
  const { path, why } = gap;
  yield diagnose(
    'message/upcast-incomplete',
    inside(upcast.at, 'from'),
    { from: old.version, to: message.version, path: joinPointer(path), why },
    [{ message: `${old.name} ${old.version}`, at: { ...old.at, part: 'key' } }],
  );
}

function inside(at: Location, ...path: readonly (string | number)[]): Location {
  return { file: at.file, pointer: childPointer(at.pointer, ...path) };
}
