/**
 * Milliseconds to wait after so many failures in a row (1 for the first): twice as long each time, from `first` to
 * `longest`, less up to a half by chance, so that those who failed together do not come back together.
 */
export function backoff(failures: number, first: number, longest: number): number {
  const full = Math.min(longest, first * 2 ** Math.min(30, Math.max(0, failures - 1)));
  return full * (1 - Math.random() / 2);
}
