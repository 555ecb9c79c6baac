import type { NodeId } from '@chirograph/contract/model';
import type { JsonObject } from '@chirograph/schema';

/** What has happened under one correlation id, as far as one service knows. */
export interface Story {
  readonly heard: ReadonlySet<NodeId>;
  /** What the messages said, the latest first. */
  readonly facts: readonly JsonObject[];
  /** The cues that were taken, each with the entity it was taken for. */
  readonly taken: ReadonlySet<string>;
}

const EMPTY: Story = { heard: new Set(), facts: [], taken: new Set() };

/** As many facts as a long flow has messages. */
const FACTS = 64;
const STORIES = 10_000;

/** The stories of a service. The oldest are forgotten when there are too many: a mock runs for days. */
export interface Stories {
  of(correlationId: string): Story;
  hear(correlationId: string, message: NodeId, fact: JsonObject): Story;
  take(correlationId: string, cue: string): void;
  /** Undoes `take`, for what could not be sent after all. */
  giveBack(correlationId: string, cue: string): void;
}

export function stories(limit = STORIES): Stories {
  const known = new Map<string, Story>();
  const of = (id: string): Story => known.get(id) ?? EMPTY;
  const keep = (id: string, story: Story): Story => {
    known.delete(id);
    known.set(id, story);
    const [oldest] = known.keys();
    if (known.size > limit && oldest !== undefined) known.delete(oldest);
    return story;
  };
  return {
    of,
    hear(id, message, fact) {
      const { heard, facts, taken } = of(id);
      return keep(id, {
        heard: new Set([...heard, message]),
        facts: [fact, ...facts].slice(0, FACTS),
        taken,
      });
    },
    take(id, cue) {
      const story = of(id);
      keep(id, { ...story, taken: new Set([...story.taken, cue]) });
    },
    giveBack(id, cue) {
      const story = of(id);
      keep(id, { ...story, taken: new Set([...story.taken].filter((it) => it !== cue)) });
    },
  };
}
