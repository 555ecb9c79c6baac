import { childPointer, type Location } from '@chirograph/schema';
import type { Message, Workspace } from '../model/index.ts';
import { writtenAt } from './written-at.ts';

/** Where a part of a message's `x-contract` is written: in the message itself, or in the trait that it has it from. */
export function contractPlace(
  workspace: Workspace,
  message: Message,
  path: readonly (string | number)[],
): Location | undefined {
  const places = layersOf(message).map((it) => ({
    file: it.file,
    pointer: childPointer(it.pointer, 'x-contract', ...path),
  }));
  return places.findLast((it) => writtenAt(workspace, it) !== undefined);
}

/** Where a message is written: its own text and its traits, in the order of merging. */
export function layersOf({ at, layers }: Message): readonly Location[] {
  return layers?.map((it) => it.at) ?? [at];
}

/** True for a place within a message's own text. */
export function isWithin({ file, pointer }: Location, owner: Location): boolean {
  return file === owner.file && (pointer === owner.pointer || pointer.startsWith(`${owner.pointer}/`));
}
