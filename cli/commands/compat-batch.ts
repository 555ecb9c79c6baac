import { createReadStream, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Terms } from '@chirograph/compat';
import { isSchema, parseJson } from '@chirograph/schema';
import type { Mode, Pair } from '@chirograph/schema/containment';
import { CommandError, EXIT, type ExitCode } from '../exit.ts';
import type { Io } from '../terminal/io.ts';
import type { Values } from '../terminal/values.ts';
import { decideUnder, termsIn, termsOf } from './pair-terms.ts';

/** What is written for a line; `id` as it stands there, null where the line has none. */
interface Answer {
  readonly id: string | number | null;
  readonly verdict: 'compatible' | 'breaking' | 'undecided';
  readonly [more: string]: unknown;
}

/**
 * `chirograph compat --batch pairs.jsonl`, or `-` for standard input: a verdict a line for a pair a line, in order, each
 * written before the next is read. What a line says of `writers` and `formats` counts more than the options. A line that is no pair is undecided, with the number of the line in the reason, and
 * counts as a failure.
 */
export async function compatBatch(file: string, values: Values, io: Io): Promise<ExitCode> {
  const terms = termsOf(values);
  let code: ExitCode = EXIT.clean;
  let number = 0;
  const lines = file === '-' ? (await io.readStdin()).split(/\r?\n/) : linesOf(resolve(io.cwd, file), file);
  for await (const line of lines) {
    number += 1;
    const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
    if (text.trim() === '') continue;
    const { answer, isPair } = answerTo(text, number, terms);
    io.out(`${JSON.stringify(answer)}\n`);
    if (!isPair) code = EXIT.failure;
    else if (answer.verdict !== 'compatible' && code === EXIT.clean) code = EXIT.findings;
  }
  return code;
}

function linesOf(path: string, name: string): AsyncIterable<string> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new CommandError(`there is nothing at ${name}`);
  if (found.isDirectory())
    throw new CommandError(`${name} is a folder; --batch wants a file with a pair a line`);
  return createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
}

function answerTo(
  text: string,
  line: number,
  given: Terms,
): { readonly answer: Answer; readonly isPair: boolean } {
  let id: string | number | null = null;
  try {
    const { value, rounded } = parseJson(text);
    id = idOf(value);
    const pair = pairOf(value);
    const terms = typeof pair === 'string' ? pair : termsIn(recordOf(value), given);
    if (typeof pair === 'string' || typeof terms === 'string')
      return { answer: refusal(id, line, String(terms)), isPair: false };
    const verdict = { ...decideUnder(pair, terms), id };
    const [numeral] = rounded;
    // What was compared is not what was written, so that nothing is proved.
    if (verdict.verdict !== 'compatible' || numeral === undefined) return { answer: verdict, isPair: true };
    const reason = `${numeral} is beyond double precision`;
    return { answer: { id, verdict: 'undecided', reason, ms: verdict.ms }, isPair: true };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { answer: refusal(id, line, reason), isPair: false };
  }
}

function refusal(id: Answer['id'], line: number, reason: string): Answer {
  return { id, verdict: 'undecided', reason: `line ${line}: ${reason}`, ms: 0 };
}

function idOf(value: unknown): string | number | null {
  const { id } = recordOf(value);
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** A pair, or what is wrong with it. */
function pairOf(value: unknown): Pair | string {
  const { id, old, new: next, mode } = recordOf(value);
  if (typeof id !== 'string' && typeof id !== 'number') return 'a pair needs an `id`';
  if (!isSchema(old)) return `\`old\` is to be a schema, an object or a boolean; it is ${shown(old)}`;
  if (!isSchema(next)) return `\`new\` is to be a schema, an object or a boolean; it is ${shown(next)}`;
  if (!isMode(mode)) return `\`mode\` is to be BACKWARD, FORWARD or FULL; it is ${shown(mode)}`;
  return { id: String(id), old, new: next, mode };
}

function shown(value: unknown): string {
  return value === undefined ? 'not there' : (JSON.stringify(value) ?? String(value)).slice(0, 40);
}

function isMode(mode: unknown): mode is Mode {
  return mode === 'BACKWARD' || mode === 'FORWARD' || mode === 'FULL';
}
