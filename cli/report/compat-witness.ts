import type { Witness } from '@chirograph/compat';
import { isObject, type JsonValue } from '@chirograph/schema';

/** A message on one line, shortened to what matters, and the stretch of it that is refused. */
export interface WitnessLine {
  readonly text: string;
  readonly column: number;
  readonly length: number;
}

const WIDTH = 100;

/** Writes a witness: the way to the fault in full, everything beside it shortened. Columns count from 0. */
export function witnessLine({ value, refusal }: Witness): WitnessLine {
  const lines = [Number.POSITIVE_INFINITY, 2, 1, 0].map((beside) =>
    write(value, refusal.path, refusal.property, beside),
  );
  return lines.find(({ text }) => text.length <= WIDTH) ?? lines.at(-1)!;
}

/** @param beside how many members beside the way are shown at each level */
function write(
  value: JsonValue,
  path: readonly string[],
  property: string | undefined,
  beside: number,
): WitnessLine {
  const [step, ...rest] = path;
  if (step === undefined) return fault(value, property, beside);
  const isList = Array.isArray(value);
  const entries: [string, JsonValue][] = isList
    ? (value as readonly JsonValue[]).map((it, index) => [String(index), it])
    : isObject(value)
      ? Object.entries(value)
      : [];
  let text = isList ? '[' : '{';
  let mark = { column: 0, length: 1 };
  let shown = 0;
  let skipped = false;
  let first = true;
  for (const [name, child] of entries) {
    if (name !== step && shown >= beside) {
      skipped = true;
      continue;
    }
    if (name !== step) shown += 1;
    text += `${first ? ' ' : ', '}${skipped ? '..., ' : ''}${isList ? '' : `${JSON.stringify(name)}: `}`;
    skipped = false;
    first = false;
    if (name === step) {
      const inner = write(child, rest, property, beside);
      mark = { column: text.length + inner.column, length: inner.length };
      text += inner.text;
    } else text += brief(child, beside);
  }
  return { text: `${text}${skipped ? ', ...' : ''} ${isList ? ']' : '}'}`, ...mark };
}

/** The value at fault. A property too many is marked itself, one that is missing where the object ends. */
function fault(value: JsonValue, property: string | undefined, beside: number): WitnessLine {
  if (!isObject(value) || property === undefined) {
    const text = brief(value, Number.POSITIVE_INFINITY);
    return { text, column: 0, length: text.length };
  }
  if (Object.hasOwn(value, property)) return write(value, [property], undefined, beside);
  const names = Object.keys(value);
  const members = names
    .slice(0, Math.max(beside, 3))
    .map((name) => `${JSON.stringify(name)}: ${brief(value[name] ?? null, 2)}`);
  const more = names.length > members.length ? ', ...' : '';
  const text = members.length === 0 ? '{ }' : `{ ${members.join(', ')}${more} }`;
  return { text, column: text.length - 1, length: 1 };
}

/** A value in passing. */
function brief(value: JsonValue, beside: number): string {
  if (beside === Number.POSITIVE_INFINITY) return JSON.stringify(value);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : '[...]';
  if (isObject(value)) return Object.keys(value).length === 0 ? '{}' : '{...}';
  const text = JSON.stringify(value);
  return typeof value === 'string' && text.length > 16 ? `${text.slice(0, 5)}..."` : text;
}
