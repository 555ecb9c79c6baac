/** What `expect.extend(eventMatchers)` adds, for the declaration of vitest's or Jest's `Matchers`. */
export interface EventMatchers<R = void> {
  /** The list holds a message of this name whose payload has at least what `partial` has. */
  toContainEvent(name: string, partial?: object): R;
}

interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** Matchers for vitest and Jest. They take lists of `{ name, payload }`, such as `testBus().published`. */
export const eventMatchers = {
  toContainEvent(published: unknown, name: string, partial: object = {}): MatcherResult {
    const events = Array.isArray(published) ? published.filter(isEvent) : [];
    const named = events.filter((event) => event.name === name);
    return {
      pass: named.some(({ payload }) => contains(payload, partial)),
      message: () => (named.length > 0 ? others(name, partial, named) : absent(name, events)),
    };
  },
};

interface Event {
  readonly name: unknown;
  readonly payload: unknown;
}

function isEvent(value: unknown): value is Event {
  return typeof value === 'object' && value !== null && 'name' in value && 'payload' in value;
}

function absent(name: string, events: readonly Event[]): string {
  const seen = [...new Set(events.map((event) => event.name))].join(', ');
  return `no ${name} was published; ${seen ? `published were ${seen}` : 'nothing was'}`;
}

function others(name: string, partial: object, named: readonly Event[]): string {
  const seen = named.map(({ payload }) => JSON.stringify(payload)).join('\n  ');
  return `expected ${name} with ${JSON.stringify(partial)}; published were\n  ${seen}`;
}

/** Whether all of `part` is in `whole`: objects may have more, lists may not. */
function contains(whole: unknown, part: unknown): boolean {
  if (Object.is(whole, part)) return true;
  if (!isRecord(part)) return false;
  if (typeof part.asymmetricMatch === 'function') return part.asymmetricMatch(whole) === true;
  if (!isRecord(whole) || Array.isArray(whole) !== Array.isArray(part)) return false;
  if (Array.isArray(whole) && Array.isArray(part) && whole.length !== part.length) return false;
  return Object.entries(part).every(([name, value]) => contains(whole[name], value));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
