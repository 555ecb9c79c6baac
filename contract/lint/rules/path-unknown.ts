import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { fieldSchemas, type Message, type MessagePath, type Workspace } from '../../model/index.ts';
import { joinPointer } from '../../source/index.ts';
import type { Rule } from '../rule.ts';

/** Envelope, ordering key and identity must lead to fields that the message has. */
export const pathUnknown: Rule = {
  codes: ['message/path-unknown'],
  *check(workspace) {
    for (const message of workspace.messages) {
      for (const [what, place] of placesOf(message)) {
        if (leadsSomewhere(workspace, message, place)) continue;
        yield unknown(message, what, place);
      }
    }
  },
};

function placesOf({ contract }: Message): [string, MessagePath][] {
  return [
    ...Object.entries(contract.envelope).map(([part, place]): [string, MessagePath] => [
      `the envelope's ${part}`,
      place,
    ]),
    ...(contract.orderingKey ? [['the ordering key', contract.orderingKey] as [string, MessagePath]] : []),
    ...contract.identity.map((place): [string, MessagePath] => ['the identity', place]),
  ];
}

/** What carries no schema, or a format that is not read, cannot be checked. */
function leadsSomewhere(workspace: Workspace, message: Message, place: MessagePath): boolean {
  const root = message[place.in];
  return root === undefined ? place.in === 'payload' : fieldSchemas(workspace, root, place.path).length > 0;
}

function unknown(message: Message, what: string, place: MessagePath): Diagnostic {
  const path = `${place.in === 'headers' ? '$message.header#' : ''}${joinPointer(place.path)}`;
  const label = `${message.key} ${message.version}`;
  return diagnose('message/path-unknown', { ...message.at, part: 'key' }, { what, path, message: label });
}
