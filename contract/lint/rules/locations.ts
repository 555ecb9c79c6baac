import { childPointer, type JsonSchema, joinPointer, type Location } from '@chirograph/schema';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { fieldSchemas, type Message, type MessagePath, type Workspace } from '../../model/index.ts';
import { documentOf, isEmpty } from '../containment-of.ts';
import { isShapeDoubtful } from '../doubt.ts';
import type { Rule } from '../rule.ts';

/**
 * What the standard lets a document read from a message (a parameter, a correlation id, the address of a reply) must be
 * able to stand in it: a schema that is closed, or says otherwise, leaves nothing to read. One that says nothing of the
 * field is no fault. A warning where other messages of the channel have the field.
 */
export const locations: Rule = {
  codes: ['message/path-unknown'],
  *check(workspace) {
    const messages = new Map(workspace.messages.map((it) => [it.id, it]));
    const of = (ids: readonly string[]) => ids.flatMap((id) => messages.get(id) ?? []);
    for (const { parameters, messages: ids } of workspace.channels) {
      for (const { name, at, location } of parameters)
        if (location)
          yield* check(workspace, `the location of the parameter \`${name}\``, location, at, of(ids));
    }
    for (const message of workspace.messages) {
      const { correlationId, at } = message;
      const place = { file: at.file, pointer: childPointer(at.pointer, 'correlationId') };
      if (correlationId) yield* check(workspace, 'the correlation id', correlationId, place, [message]);
    }
    for (const { reply, at, messages: ids } of workspace.operations) {
      const place = { file: at.file, pointer: childPointer(at.pointer, 'reply', 'address') };
      if (reply?.address) yield* check(workspace, 'the address of the reply', reply.address, place, of(ids));
    }
  },
};

function* check(
  workspace: Workspace,
  what: string,
  path: MessagePath,
  at: Location,
  messages: readonly Message[],
): Iterable<Diagnostic> {
  const [first, ...others] = messages.filter((it) => !mayHold(workspace, it, path));
  if (!first) return;
  const place = { file: at.file, pointer: childPointer(at.pointer, 'location') };
  const found = diagnose('message/path-unknown', place, {
    what,
    path: `$message.${path.in === 'headers' ? 'header' : 'payload'}#${joinPointer(path.path)}`,
    message: `${first.key} ${first.version}`,
    others: others.length,
    more: 0,
    suggestion: undefined,
  });
  yield others.length + 1 < messages.length ? { ...found, severity: 'warning' } : found;
}

function mayHold(workspace: Workspace, message: Message, { in: part, path }: MessagePath): boolean {
  const root = message[part];
  if (root === undefined || path.length === 0 || isShapeDoubtful(workspace, message)) return true;
  if (fieldSchemas(workspace, root, path).some((it) => it !== false)) return true;
  // A number may be a key or the index of an item.
  if (path.some((it) => /^\d+$/.test(it))) return true;
  const dialect = workspace.schemas[root]?.dialect ?? 'draft-07';
  return !isEmpty(documentOf(workspace, { allOf: [{ $ref: root }, holding(path)] }, dialect));
}

/** The values that have something at a path. */
function holding([name, ...rest]: readonly string[]): JsonSchema {
  if (name === undefined) return true;
  return { type: 'object', required: [name], properties: { [name]: holding(rest) } };
}
