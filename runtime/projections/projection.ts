import type { DomainEvent } from '../ports/event-streams.ts';
import { beginAgain, generationsOf, readable } from './generations.ts';
import { keepProjection } from './keep-projection.ts';
import { dataOf, type Projection, type ProjectionOptions } from './projection-options.ts';

/** A read model that follows from the stored events: see `ProjectionOptions`. */
export function projection<E extends DomainEvent>(options: ProjectionOptions<E>): Projection {
  const { name, version } = options;
  return {
    name,
    version,
    keep: (store, keeping = {}) => keepProjection(store, options, keeping),
    async read(tx) {
      const generation = readable(await generationsOf(tx, name), version);
      return generation && { ...dataOf(tx, name, generation.id), version: generation.version };
    },
    async rebuild(tx) {
      await beginAgain(tx, name, version);
    },
  };
}
