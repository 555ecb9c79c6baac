import {
  type Location,
  type Message,
  nodeId,
  type Operation,
  reachableSchemas,
  type Workspace,
} from '../model/index.ts';
import { joinPointer, splitPointer } from '../source/index.ts';
import { isWithin } from './contract-place.ts';

/**
 * Doubt: where a document is at fault, what it says has perhaps not been read. A fault is reported where it stands and
 * nowhere else, so what rests on a doubtful part is not said: with the fault mended it would be gone.
 */

const DEEPER = ['payload', 'headers', 'examples'];

/** True where what a message says of itself is not certain; its schemas and examples speak for themselves. */
export function isDoubtful({ faults = [] }: Workspace, { at, layers = [at] }: Message): boolean {
  if (faults.length === 0) return false;
  return layers.some((layer) =>
    faults.some(
      (fault) =>
        isWithin(fault, layer) &&
        !DEEPER.some((key) => isWithin(fault, { file: layer.file, pointer: `${layer.pointer}/${key}` })),
    ),
  );
}

/** True where a message, or any schema that it is described by, is at fault. */
export function isShapeDoubtful(workspace: Workspace, message: Message): boolean {
  const { faults = [], schemas } = workspace;
  if (faults.length === 0) return false;
  const { layers = [message.at], payload, headers } = message;
  const own = [payload, headers].flatMap((id) => (id === undefined ? [] : reachableSchemas(workspace, id)));
  const places = [...layers, ...own.flatMap((id) => schemas[id]?.at ?? [])];
  return places.some((place) => faults.some((fault) => isWithin(fault, place)));
}

/**
 * True where some document may send a message, were it not at fault: one whose channels or operations have not all been
 * read, and that speaks of the file in which the message stands.
 */
export function maySend(workspace: Workspace, message: Message, receiver: Operation): boolean {
  const { sources } = workspace;
  const channel = receiver.channel.split('#')[0] ?? '';
  const homes = [...new Set([message.at.file, channel])];
  return doubtfulFiles(workspace).some((file) => {
    if (homes.includes(file)) return true;
    const text = sources[file]?.text;
    return text === undefined || homes.some((home) => text.includes(home.split('/').at(-1) ?? home));
  });
}

const known = new WeakMap<Workspace, readonly string[]>();

/** The files whose channels and operations have not all been read as they were meant. */
function doubtfulFiles(workspace: Workspace): readonly string[] {
  let found = known.get(workspace);
  if (!found) {
    const operations = new Set(workspace.operations.map(({ id }) => id));
    const bearing = (workspace.faults ?? []).filter((it) => bearsOnSending(it, operations));
    found = [...new Set(bearing.map(({ file }) => file))];
    known.set(workspace, found);
  }
  return found;
}

/** Keys of a document that say nothing of who sends what. */
const ASIDE = /^(info|id|defaultContentType|tags|externalDocs|servers|x-.*)$/;

/** Keys of an operation or a channel that say nothing of it either. */
const DETAILS =
  /^(title|summary|description|tags|externalDocs|bindings|parameters|security|servers|address|reply|traits|operationId|x-.*)$/;

/** Faults of the whole file, of the keys of the document, and of what operations and channels are made of. */
function bearsOnSending({ file, pointer }: Location, operations: ReadonlySet<string>): boolean {
  const [section = '', key, part, ...rest] = splitPointer(pointer);
  if (part === undefined) return !ASIDE.test(section);
  if (section === 'operations') {
    // An operation that is there in spite of its fault has been read as it was meant.
    if (part === 'action' || (part === 'channel' && rest.at(-1) === '$ref'))
      return !operations.has(nodeId({ file, pointer: joinPointer([section, key ?? '']) }));
    return !DETAILS.test(part);
  }
  if (section !== 'channels' || DETAILS.test(part)) return false;
  const inside = part === 'messages' ? rest.slice(1) : rest.slice(rest[0] === 'message' ? 1 : 0);
  return inside.length === 0 || inside.at(-1) === '$ref';
}
