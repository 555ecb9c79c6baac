import { randomUUID } from 'node:crypto';

/** Who and what the story is about. Ids are new in each run, so that runs that share a broker do not meet. */
export interface Cast {
  readonly businessId: string;
  readonly owner: string;
  readonly ada: string;
  readonly templateId: string;
  readonly mug: string;
  readonly grinder: string;
  readonly stickers: string;
}

export function newCast(): Cast {
  return {
    businessId: randomUUID(),
    owner: randomUUID(),
    ada: randomUUID(),
    templateId: randomUUID(),
    mug: randomUUID(),
    grinder: randomUUID(),
    stickers: randomUUID(),
  };
}
