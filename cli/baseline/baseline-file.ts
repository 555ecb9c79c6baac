import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isObject } from '@chirograph/schema';
import { CommandError } from '../exit.ts';
import type { AcceptedFinding, Baseline } from './baseline.ts';

/** Reads a baseline. */
export function readBaseline(file: string): Baseline {
  if (!existsSync(file)) {
    throw new CommandError(
      `there is no baseline at ${file}`,
      'Write one: chirograph validate --update-baseline',
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CommandError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isBaseline(value)) {
    throw new CommandError(
      `${file} is not a baseline`,
      'Take it from version control; or remove it, and write another: chirograph validate --update-baseline',
    );
  }
  return value;
}

function isBaseline(value: unknown): value is Baseline {
  return isObject(value) && isObject(value.accepted) && Object.values(value.accepted).every(isAccepted);
}

function isAccepted(value: unknown): value is AcceptedFinding {
  if (!isObject(value)) return false;
  const { code, file, message, times } = value;
  return [code, file, message].every((it) => typeof it === 'string') && Number.isInteger(times);
}

/** Reads a baseline; an empty one where there is none yet. */
export function readBaselineIfAny(file: string): Baseline {
  return existsSync(file) ? readBaseline(file) : { accepted: {} };
}

export function writeBaseline(file: string, baseline: Baseline): void {
  writeFileSync(file, `${JSON.stringify(baseline, null, 2)}\n`);
}
