import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from '@chirograph/contract/source';
import { isSchema, type JsonSchema } from '@chirograph/schema';
import type { Mode, PairVerdict } from '@chirograph/schema/containment';
import { CommandError, EXIT, type ExitCode } from '../exit.ts';
import type { Io } from '../terminal/io.ts';
import { styleFor } from '../terminal/style.ts';
import type { Values } from '../terminal/values.ts';
import { decideUnder, termsOf } from './pair-terms.ts';

const MODES: readonly Mode[] = ['BACKWARD', 'FORWARD', 'FULL'];

/** `chirograph compat --schemas old.json new.json`: two JSON Schemas, by themselves. */
export function compatSchemas(args: readonly string[], values: Values, io: Io): ExitCode {
  const files = [values.schemas, ...args].flat().filter((it) => typeof it === 'string');
  const [old, now] = files;
  if (old === undefined || now === undefined || files.length > 2) {
    throw new CommandError('--schemas wants two files', 'Try: chirograph compat --schemas old.json new.json');
  }
  const mode = MODES.find((it) => it === values.mode) ?? 'FULL';
  const pair = { id: now, old: readSchema(io.cwd, old), new: readSchema(io.cwd, now), mode };
  const verdict = decideUnder(pair, termsOf(values));
  io.out(
    values.format === 'json'
      ? `${JSON.stringify(verdict, null, 2)}\n`
      : textOf(verdict, mode, old, now, io.color),
  );
  return verdict.verdict === 'compatible' ? EXIT.clean : EXIT.findings;
}

function readSchema(cwd: string, file: string): JsonSchema {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new CommandError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = parse({ file, text });
  if (parsed.kind === 'malformed')
    throw new CommandError(`${file} is neither JSON nor YAML: ${parsed.reason}`);
  if (!isSchema(parsed.value)) throw new CommandError(`${file} holds no JSON Schema`);
  return parsed.value;
}

function textOf(verdict: PairVerdict, mode: Mode, old: string, now: string, color: boolean): string {
  const style = styleFor(color);
  const time = style.dim(`   ${(verdict.ms / 1000).toFixed(2)} s`);
  if (verdict.verdict === 'compatible') return `${style.green('compatible')}  ${mode}${time}\n`;
  if (verdict.verdict === 'undecided') {
    return `${style.yellow('undecided')}  ${verdict.direction}: ${verdict.reason}${time}\n`;
  }
  const [accepts, refuses] = verdict.direction === 'BACKWARD' ? [old, now] : [now, old];
  return [
    `${style.red('breaking')}  ${verdict.direction}: ${accepts} accepts and ${refuses} refuses${time}`,
    '',
    ...JSON.stringify(verdict.witness, null, 2)
      .split('\n')
      .map((line) => `  ${line}`),
    '',
  ].join('\n');
}
