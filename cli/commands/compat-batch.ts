import { createReadStream, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { decidePair, type Mode, type Pair } from '@chirograph/contract/compat/containment';
import { isSchema } from '@chirograph/contract/model';
import { EXIT, type ExitCode, Failure } from '../exit.ts';
import type { Io } from '../terminal/io.ts';

/**
 * `chirograph compat --batch pairs.jsonl`: a verdict a line for a pair a line, in order, each written before the next is
 * read. A line that is no pair is answered with an `error` and counts as a failure.
 */
export async function compatBatch(file: string, io: Io): Promise<ExitCode> {
  const path = resolve(io.cwd, file);
  if (!existsSync(path)) throw new Failure(`there is nothing at ${file}`);
  const input = createReadStream(path, 'utf8');
  let code: ExitCode = EXIT.clean;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const pair = readPair(line);
    if (typeof pair === 'string') {
      io.out(`${JSON.stringify({ error: pair })}\n`);
      code = EXIT.failure;
      continue;
    }
    const verdict = decidePair(pair);
    io.out(`${JSON.stringify(verdict)}\n`);
    if (verdict.verdict !== 'compatible' && code === EXIT.clean) code = EXIT.findings;
  }
  return code;
}

/** A pair, or what is wrong with the line. */
function readPair(line: string): Pair | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { id, old, new: next, mode } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof id !== 'string' && typeof id !== 'number') return 'a pair needs an `id`';
  if (!isSchema(old) || !isSchema(next)) return `pair ${id} needs the schemas \`old\` and \`new\``;
  if (!isMode(mode)) return `pair ${id} needs a \`mode\`: BACKWARD, FORWARD or FULL`;
  return { id: String(id), old, new: next, mode };
}

function isMode(mode: unknown): mode is Mode {
  return mode === 'BACKWARD' || mode === 'FORWARD' || mode === 'FULL';
}
