import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { bundle, type Message, type NodeId, type Workspace } from '../../model/index.ts';
import { childPointer, type JsonValue, valueAt } from '../../source/index.ts';
import type { Rule } from '../rule.ts';

/** Examples must be what they exemplify; AsyncAPI leaves this unchecked. Each example is reported once. */
export const examples: Rule = {
  codes: ['message/example-invalid', 'message/no-example', 'schema/invalid'],
  *check(workspace) {
    for (const message of workspace.messages) {
      if (message.examples.length === 0) {
        yield diagnose('message/no-example', { ...message.at, part: 'key' }, { message: labelOf(message) });
      }
      for (const part of ['payload', 'headers'] as const) yield* checkPart(workspace, message, part);
    }
  },
};

function* checkPart(
  workspace: Workspace,
  message: Message,
  part: 'payload' | 'headers',
): Iterable<Diagnostic> {
  const id = message[part];
  if (id === undefined) return;
  const compiled = compile(workspace, id);
  if (compiled.kind === 'invalid') {
    yield diagnose('schema/invalid', workspace.schemas[id]?.at ?? message.at, { reason: compiled.reason });
    return;
  }
  for (const [index, example] of message.examples.entries()) {
    const value = example[part];
    if (value === undefined || compiled.validate(value)) continue;
    const error = tellingError(compiled.validate.errors ?? []);
    const at = {
      file: example.at.file,
      pointer: childPointer(example.at.pointer, part) + (error?.instancePath ?? ''),
    };
    yield diagnose('message/example-invalid', at, {
      example: index + 1,
      message: labelOf(message),
      part,
      ...describe(error, value),
    });
  }
}

type Compiled =
  | { readonly kind: 'validator'; readonly validate: ValidateFunction }
  | { readonly kind: 'invalid'; readonly reason: string };

function compile(workspace: Workspace, id: NodeId): Compiled {
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, logger: false });
  formats.default(ajv);
  try {
    return { kind: 'validator', validate: ajv.compile(bundle(workspace, id)) };
  } catch (error) {
    return { kind: 'invalid', reason: error instanceof Error ? error.message : String(error) };
  }
}

const COMBINERS = new Set(['oneOf', 'anyOf', 'allOf', 'not', 'if']);

/** The deepest error that is not about a combination of schemas: what a person would point to. */
function tellingError(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const plain = errors.filter((it) => !COMBINERS.has(it.keyword));
  return (plain.length > 0 ? plain : errors).toSorted((a, b) => depth(b) - depth(a))[0];
}

function depth({ instancePath }: ErrorObject): number {
  return instancePath.split('/').length;
}

function describe(error: ErrorObject | undefined, example: JsonValue): { expected: string; found: string } {
  if (!error) return { expected: 'something else', found: 'this' };
  const found = shown(valueAt(example, error.instancePath));
  switch (error.keyword) {
    case 'type':
      return { expected: article(String(error.params.type)), found };
    case 'required':
      return {
        expected: `\`${error.params.missingProperty}\``,
        found: `no \`${error.params.missingProperty}\``,
      };
    case 'additionalProperties':
      return { expected: 'no such key', found: `\`${error.params.additionalProperty}\`` };
    case 'enum':
      return {
        expected: `one of ${(error.params.allowedValues as unknown[]).map((it) => JSON.stringify(it)).join(', ')}`,
        found,
      };
    case 'const':
      return { expected: JSON.stringify(error.params.allowedValue), found };
    case 'format':
      return { expected: `a ${error.params.format}`, found };
    default:
      return {
        expected: (error.message ?? 'something else').replace(/^must (be |have |match )?/, ''),
        found,
      };
  }
}

function shown(value: JsonValue | undefined): string {
  if (typeof value === 'string') return 'a string';
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return JSON.stringify(value) ?? 'nothing';
}

function article(type: string): string {
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}

function labelOf({ key, version }: Message): string {
  return `${key} ${version}`;
}
