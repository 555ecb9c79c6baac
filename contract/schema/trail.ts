import type { Location } from '../model/location.ts';
import { childPointer } from '../source/pointer.ts';

/** The way from a value's root to a part of it. Written down as a location only when somebody asks. */
export interface Trail {
  readonly parent: Trail | undefined;
  readonly key: string | number;
  /** Where the root stands, on the trail's first link. */
  readonly root?: Location;
}

/** A trail that begins at a location. */
export function trailFrom(root: Location): Trail {
  return { parent: undefined, key: '', root };
}

/** Where a trail leads. */
export function locationOf(trail: Trail): Location {
  const keys: (string | number)[] = [];
  let link = trail;
  while (link.parent) {
    keys.push(link.key);
    link = link.parent;
  }
  const { file, pointer } = link.root ?? { file: '', pointer: '' };
  return { file, pointer: childPointer(pointer, ...keys.reverse()) };
}

/** The number of links since the root. */
export function depthOf(trail: Trail): number {
  let depth = 0;
  for (let link = trail.parent; link; link = link.parent) depth += 1;
  return depth;
}
