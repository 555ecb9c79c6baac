import { joinPointer, type Location, reachableSchemas, splitPointer } from '@chirograph/schema';
import { type Message, nodeId, type Operation, oncePer, type Workspace } from '../model/index.ts';
import { layersOf } from './contract-place.ts';

/**
 * Doubt: where a document is at fault, what it says has perhaps not been read. A fault is reported where it stands and
 * nowhere else, so what rests on a doubtful part is not said: with the fault fixed it would be gone.
 */

const DEEPER = ['payload', 'headers', 'examples'];

/** True where what a message says of itself is not certain; its schemas and examples speak for themselves. */
export function isDoubtful(workspace: Workspace, message: Message): boolean {
  const below = faultsBelow(workspace);
  return layersOf(message).some((layer) =>
    [...(below.get(nodeId(layer)) ?? [])].some((key) => !DEEPER.includes(key)),
  );
}

/** True where a message, or any schema that it is described by, is at fault. */
export function isShapeDoubtful(workspace: Workspace, message: Message): boolean {
  const below = faultsBelow(workspace);
  if (below.size === 0) return false;
  const { payload, headers } = message;
  const own = [payload, headers].flatMap((id) => (id === undefined ? [] : reachableSchemas(workspace, id)));
  const places = [...layersOf(message), ...own.flatMap((id) => workspace.schemas[id]?.at ?? [])];
  return places.some((place) => below.has(nodeId(place)));
}

/** By the ids of all places with a fault in them: the keys below which it stands; an empty one for the place itself. */
type FaultsBelow = ReadonlyMap<string, ReadonlySet<string>>;

const faultsBelow = oncePer((workspace: Workspace): FaultsBelow => collectBelow(workspace.faults ?? []));

function collectBelow(faults: readonly Location[]): FaultsBelow {
  const found = new Map<string, Set<string>>();
  for (const { file, pointer } of faults) {
    let key = '';
    for (let end = pointer.length; end >= 0; end = pointer.lastIndexOf('/', end - 1)) {
      const id = nodeId({ file, pointer: pointer.slice(0, end) });
      const keys = found.get(id);
      if (keys) keys.add(key);
      else found.set(id, new Set([key]));
      if (end === 0) break;
      key = pointer.slice(pointer.lastIndexOf('/', end - 1) + 1, end);
    }
  }
  return found;
}

/**
 * True where some document may send a message, were it not at fault: one whose channels or operations have not all been
 * read, and that speaks of the file in which the message stands.
 */
export function maySend(workspace: Workspace, message: Message, receiver: Operation): boolean {
  const channel = receiver.channel.split('#')[0] ?? '';
  const { files, names, isUnread } = doubtfulIn(workspace);
  return (
    isUnread ||
    [message.at.file, channel].some(
      (home) => files.has(home) || wordsOf(home.split('/').at(-1) ?? home).every((it) => names.has(it)),
    )
  );
}

/** The files whose channels and operations have not all been read as they were meant. */
interface Doubtful {
  readonly files: ReadonlySet<string>;
  /** The words of their texts, names of files among them. */
  readonly names: ReadonlySet<string>;
  /** Whether the text of one is not known. */
  readonly isUnread: boolean;
}

const doubtfulIn = oncePer(({ operations, sources, faults = [] }: Workspace): Doubtful => {
  const known = new Set(operations.map(({ id }) => id));
  const bearing = faults.filter((it) => bearsOnSending(it, known));
  const files = new Set(bearing.map(({ file }) => file));
  const texts = [...files].map((file) => sources[file]?.text);
  const names = new Set(texts.flatMap((text) => (text === undefined ? [] : wordsOf(text))));
  return { files, names, isUnread: texts.includes(undefined) };
});

/** What stands between blanks, quotes and brackets, and between the parts of a path. */
function wordsOf(text: string): string[] {
  return text.match(/[^\s/\\'"#,{}[\]()]+/g) ?? [];
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
