/**
 * Readers: what each service sends, held against the contract of each of its readers, in one state of the contracts.
 */
import {
  type Edge,
  type Message,
  meetingOf,
  oncePer,
  type Service,
  type Workspace,
} from '@chirograph/contract/model';
import { signatures } from '../schemas/signature.ts';

/** A part of a message as its sender describes it, and as a reader does. */
export interface Pair {
  readonly part: 'payload' | 'headers';
  readonly sent: Message;
  readonly read: Message;
  readonly senders: readonly Service[];
  readonly readers: readonly Service[];
  /** Whether one of several messages is meant, and nothing says which: neither has a name. */
  readonly isGuess: boolean;
  /** Whether it is fixed values of a type field by which they meet: the reader takes the types that it names. */
  readonly isByType: boolean;
}

/**
 * The pairs that do not say the same, word for word: those that must be proved. Where every reader refers to its sender's
 * message there are none, and nothing of the proof has to be loaded.
 */
export const unlikePairs = oncePer((workspace: Workspace): readonly Pair[] => {
  const signature = signatures(workspace.schemas);
  const services = new Map(workspace.services.map((it) => [it.id, it]));
  const met = Map.groupBy(
    meetingOf(workspace).edges.filter(({ sender, reader }) => sender.message.id !== reader.message.id),
    ({ sender, reader }) => `${sender.message.id} ${reader.message.id}`,
  );
  const guessed = [...met.values()].map(([it]) => it!).filter(({ by }) => by === 'channel');
  const isGuess = ({ sender, reader, by }: Edge) =>
    by === 'channel' &&
    guessed.some(
      (it) =>
        (it.sender.message.id === sender.message.id) !== (it.reader.message.id === reader.message.id) &&
        it.sender.service === sender.service &&
        it.reader.service === reader.service,
    );
  return [...met.values()].flatMap((edges) => {
    const [first] = edges as [Edge];
    const { sender, reader } = first;
    const [sent, read] = [sender.message, reader.message];
    if (isUpcast(sent, read)) return [];
    const named = (ids: readonly string[]) => [...new Set(ids)].flatMap((id) => services.get(id) ?? []);
    const parties = {
      senders: named(edges.map((it) => it.sender.service)),
      readers: named(edges.map((it) => it.reader.service)),
      isGuess: isGuess(first),
      isByType: edges.every(({ by }) => by === 'type'),
    };
    return (['payload', 'headers'] as const)
      .filter((part) => {
        if (part === 'payload' && read.foreignPayload !== sent.foreignPayload) return true;
        const [from, to] = [sent[part], read[part]];
        // A reader that says nothing of a part takes whatever comes.
        return to !== undefined && (from === undefined || signature(from) !== signature(to));
      })
      .map((part) => ({ part, sent, read, ...parties }));
  });
});

/** Whether the reader makes its own version of what is sent. */
function isUpcast(sent: Message, read: Message): boolean {
  return read.contract.upcasts.some(({ from }) => from === sent.version) && sent.version !== read.version;
}
