import type { Location } from '@chirograph/schema';
import type { Workspace } from '../model/index.ts';
import { textAt } from '../source/index.ts';

/** The text of a value as it stands in its file: `1.0`, where the value is the number 1. */
export function writtenAt({ sources }: Workspace, { file, pointer }: Location): string | undefined {
  const source = sources[file];
  return source && textAt(source, pointer);
}
