import type { Diagnostic } from '@chirograph/contract/diagnostics';
import { nearTo, type Workspace } from '@chirograph/contract/model';
import type { Location } from '@chirograph/schema';
import { isOfNeighbour } from '../config/neighbour.ts';
import type { Settings } from '../config/read-config.ts';
import { placesOf, schemasOf, within } from './open-neighbourhood.ts';

/**
 * Whether a reference that does not resolve in a neighbour's contracts leaves every verdict here as it is. Nobody here can
 * fix it, and it is there before and after a change of ours. That is so of one
 *
 * - in a channel at whose address none of our services sends or receives, in an operation on it, or in a message or schema
 *   that nothing near us leads to;
 * - in a part of a schema of a message near us: what rests on that part is undecided, and said to be, finding by finding.
 *   Not where messages have no name and are told apart by what their schemas say: a reader might go unseen.
 *
 * Of all else nobody knows: a channel, an operation or a whole payload that is lost may be one that reads our messages.
 */
export function isAside(settings: Settings, workspace: Workspace): (it: Diagnostic) => boolean {
  if (settings.neighbours.length === 0) return () => false;
  const own = workspace.services.filter((it) => !isOfNeighbour(settings, it.at.file));
  const near = nearTo(workspace, new Set(own.map((it) => it.id)));
  const messages = new Set(near.messages);
  const isInMessage = within(near.messages.flatMap(placesOf));
  const isInSchema = within(schemasOf(workspace, near.messages));
  const isFar = within([
    ...workspace.channels
      .filter((it) => !near.channels.has(it.id))
      .flatMap(({ at: { file, pointer } }) =>
        ['messages', 'publish', 'subscribe'].map((it) => ({ file, pointer: `${pointer}/${it}` })),
      ),
    ...workspace.operations.filter((it) => !near.channels.has(it.channel)).map((it) => it.at),
  ]);
  const isElsewhere = within([
    ...[...workspace.messages, ...(workspace.spare ?? [])]
      .filter((it) => !messages.has(it))
      .flatMap(placesOf),
    ...Object.values(workspace.schemas).map((it) => it.at),
  ]);
  const isNamed = near.messages.every((it) => it.naming === undefined);
  const missing = (workspace.missing ?? []).filter((it) => isOfNeighbour(settings, it.file));
  const isExample = ({ pointer }: Location) => /\/examples(\/|$)/.test(pointer);
  // A whole part of a message, or a trait that says what its name is.
  const isLost = missing.some((it) => isInMessage(it) && !isInSchema(it) && !isExample(it));
  // Where all that leads to lost messages is known, and far.
  const isAllFar = missing.every(
    (it) => it.pointer.startsWith('/components/') || isFar(it) || isInSchema(it) || isElsewhere(it),
  );
  return ({ code, at }) => {
    if (!code.startsWith('reference/') || !isOfNeighbour(settings, at.file)) return false;
    if (isExample(at) || isFar(at)) return true;
    if (isLost) return false;
    if (isInSchema(at)) return isNamed;
    if (isInMessage(at)) return false;
    if (isElsewhere(at) || at.pointer.startsWith('/components/schemas/')) return true;
    return at.pointer.startsWith('/components/messages/') && isAllFar;
  };
}
