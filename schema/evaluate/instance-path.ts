import type { Location } from '../json/location.ts';
import { childPointer } from '../json/pointer.ts';

/** The way from a value's root to a part of it. Written down as a location only when somebody asks. */
export interface Trail {
  readonly parent: Trail | undefined;
  readonly key: string | number;
  /** Where the root stands, on the trail's first link. */
  readonly root?: Location;
  /** The object whose `$ref` led to the root, on the first link, where one did. */
  readonly via?: Trail;
}

/** A trail that begins at a location. */
export function trailFrom(root: Location, via?: Trail): Trail {
  return { parent: undefined, key: '', root, ...(via && { via }) };
}

/** The first link. */
export function rootOf(trail: Trail): Trail {
  let link = trail;
  while (link.parent) link = link.parent;
  return link;
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
