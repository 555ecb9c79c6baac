/** Something in the story did not come out as told. */
export class StoryError extends Error {
  override readonly name = 'StoryError';
}

/** Throws a StoryError that says what was expected and what was found, unless both are the same in JSON. */
export function assertTold(what: string, found: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(found), JSON.stringify(expected)];
  if (is !== should) throw new StoryError(`${what}: the story says ${should}; found was ${is}`);
}
