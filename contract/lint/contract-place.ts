import type { Location, Message, Workspace } from '../model/index.ts';
import { childPointer } from '../source/index.ts';
import { writtenAt } from './written-at.ts';

/** Where a part of a message's `x-contract` is written: in the message itself, or in the trait that it has it from. */
export function contractPlace(
  workspace: Workspace,
  { at, layers = [at] }: Message,
  path: readonly (string | number)[],
): Location | undefined {
  const places = layers.map((it) => ({
    file: it.file,
    pointer: childPointer(it.pointer, 'x-contract', ...path),
  }));
  return places.findLast((it) => writtenAt(workspace, it) !== undefined);
}

/** True for a place within a message's own text. */
export function isWithin({ file, pointer }: Location, owner: Location): boolean {
  return file === owner.file && (pointer === owner.pointer || pointer.startsWith(`${owner.pointer}/`));
}
