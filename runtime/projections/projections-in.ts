import type { Position } from '../ports/event-streams.ts';
import type { Store } from '../ports/store.ts';
import { allGenerations, beginAgain, checkpointOf, type Generation } from './generations.ts';

export interface ProjectionStatus {
  readonly projection: string;
  readonly generations: readonly (Generation & { readonly position: Position | undefined })[];
}

/** The projections that are kept in a store, without the code that keeps them: for people who operate it. */
export function projectionsIn(store: Store): {
  list(): Promise<readonly ProjectionStatus[]>;
  /** Has the live version built anew by a process that runs it. Answers whether the projection is known. */
  rebuild(projection: string): Promise<boolean>;
} {
  return {
    list: () =>
      store.read(async (tx) => {
        const all: ProjectionStatus[] = [];
        for (const { projection, generations } of await allGenerations(tx)) {
          const own: (Generation & { readonly position: Position | undefined })[] = [];
          for (const it of generations) {
            const { position } = await checkpointOf(tx, projection, it.id);
            own.push({ ...it, position });
          }
          all.push({ projection, generations: own });
        }
        return all;
      }),
    rebuild: (projection) => store.transaction((tx) => beginAgain(tx, projection)),
  };
}
