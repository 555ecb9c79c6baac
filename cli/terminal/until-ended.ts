import type { Io } from './io.ts';

/** Resolves when the process is told to end; told again, it ends at once. */
export function untilEnded({ signal: ending }: Io): Promise<void> {
  return new Promise((ended) => {
    ending?.addEventListener('abort', () => ended(), { once: true });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended());
  });
}
