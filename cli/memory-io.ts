import type { Io } from './terminal/io.ts';

/** An outside that remembers what was said to it: for tests. */
export interface MemoryIo extends Io {
  readonly printed: () => string;
  readonly said: () => string;
}

export function memoryIo(cwd: string, more: Partial<Io> = {}): MemoryIo {
  const out: string[] = [];
  const err: string[] = [];
  return {
    cwd,
    env: {},
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    color: false,
    readStdin: async () => '',
    ...more,
    printed: () => out.join(''),
    said: () => err.join(''),
  };
}
