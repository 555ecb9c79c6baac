import type { SchemaError } from './validator.ts';
import type { Violation } from './violation.ts';

/**
 * The validator's findings about `value`, in words, each once: a schema may ask for the same in several places. Keywords
 * without words of ours keep the validator's.
 */
export function violationsOf(errors: readonly SchemaError[], value: unknown): readonly Violation[] {
  const found = new Map<string, Violation>();
  for (const error of errors) {
    // A tag that is missing or unknown is said by `required` and `enum`, with what it may be.
    if (error.keyword === 'discriminator') continue;
    const pointer = pointerTo(error);
    const rule = error.keyword;
    const expected = expectation(error);
    found.set(`${pointer} ${rule} ${expected}`, {
      pointer,
      rule,
      expected,
      found: show(valueAt(value, pointer)),
    });
  }
  return [...found.values()];
}

const ABSENT = Symbol('absent');
const SHOWN = 60;

/** For a missing or surplus property, the property itself is the place a person would point to. */
function pointerTo({ instancePath, params }: SchemaError): string {
  const property = params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty;
  if (typeof property !== 'string') return instancePath;
  return `${instancePath}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function expectation({ keyword, params, message }: SchemaError): string {
  switch (keyword) {
    case 'type':
      return typeNames(params.type);
    case 'required':
      return 'given';
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'left out: the contract does not know it';
    case 'enum':
      return Array.isArray(params.allowedValues)
        ? `one of ${params.allowedValues.map((allowed) => show(allowed)).join(', ')}`
        : 'one of the allowed values';
    case 'const':
      return show(params.allowedValue);
    case 'format':
      return `in the format ${params.format}`;
    case 'pattern':
      return `text that matches ${params.pattern}`;
    case 'minimum':
      return `${params.limit} or more`;
    case 'maximum':
      return `${params.limit} or less`;
    case 'exclusiveMinimum':
      return `more than ${params.limit}`;
    case 'exclusiveMaximum':
      return `less than ${params.limit}`;
    case 'multipleOf':
      return `a multiple of ${params.multipleOf}`;
    case 'minLength':
      return `${counted(params.limit, params.of ?? 'character')} or more`;
    case 'maxLength':
      return `${counted(params.limit, params.of ?? 'character')} or fewer`;
    case 'minItems':
      return `${counted(params.limit, 'item')} or more`;
    case 'maxItems':
      return `${counted(params.limit, 'item')} or fewer`;
    case 'uniqueItems':
      return 'free of duplicates';
    default:
      return `such that it ${message ?? `keeps ${keyword}`}`;
  }
}

function counted(count: unknown, thing: unknown): string {
  return count === 1 ? `1 ${thing}` : `${count} ${thing}s`;
}

function typeNames(type: unknown): string {
  const names = Array.isArray(type) ? type.map(String) : String(type).split(',');
  return names
    .map((name) => (name === 'null' ? 'null' : `${/^[aeio]/.test(name) ? 'an' : 'a'} ${name}`))
    .join(' or ');
}

function valueAt(value: unknown, pointer: string): unknown {
  let found = value;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return ABSENT;
    found = Reflect.get(found, name);
  }
  return found;
}

function show(value: unknown): string {
  if (value === ABSENT || value === undefined) return 'nothing';
  if (value instanceof Uint8Array) return counted(value.length, 'byte');
  const json = JSON.stringify(value) ?? String(value);
  return json.length > SHOWN ? `${json.slice(0, SHOWN)}...` : json;
}
