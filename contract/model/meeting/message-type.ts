import { isSchema, type JsonSchema, type JsonValue } from '@chirograph/schema';
import { certainParts, namesIn, propertyIn, requiredIn } from '@chirograph/schema/combine';
import type { Message } from '../message.ts';
import { oncePerPair } from '../once-per.ts';
import type { Workspace } from '../workspace.ts';

/** What a message without a written name says of its type: by the place, the values that may stand there. */
export type TypeMarks = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The fixed values of fields that tell one message from another: where the envelope keeps the type, and fields that are
 * called so, in the payload, one level below it, and in the headers.
 */
export const typeMarksOf: (workspace: Workspace, message: Message) => TypeMarks = oncePerPair(
  (workspace: Workspace, message: Message) => {
    const marks = new Map<string, ReadonlySet<string>>();
    for (const part of ['payload', 'headers'] as const) {
      const root = message[part];
      if (root === undefined) continue;
      const note = (path: readonly string[], schema: JsonSchema | undefined) => {
        const values = schema === undefined ? undefined : fixedValues(workspace, schema);
        if (values) marks.set(`${part}/${path.join('/')}`, values);
      };
      const type = message.contract.envelope.type;
      if (type?.in === part) note(type.path, fieldAt(workspace, { $ref: root }, type.path));
      const properties = propertiesOf(workspace, { $ref: root });
      for (const [name, schema] of properties) {
        if (TELLS_TYPE.test(name)) note([name], schema);
        else if (part === 'payload') {
          for (const [inner, below] of propertiesOf(workspace, schema)) {
            if (TELLS_TYPE.test(inner)) note([name, inner], below);
          }
        }
      }
    }
    return marks;
  },
);

const TELLS_TYPE = /^(@?type|(ce[-_])?type|(event|message)[-_]?(type|name)?|name|kind|action|command)$/i;

/** Whether the marks say that two messages are one, that they are two, or nothing. */
export function compareMarks(a: TypeMarks, b: TypeMarks): 'same' | 'different' | undefined {
  let isSame = false;
  for (const [place, values] of a) {
    const others = b.get(place);
    if (!others) continue;
    if (![...values].some((it) => others.has(it))) return 'different';
    isSame = true;
  }
  return isSame ? 'same' : undefined;
}

/** The properties that a payload names, and those that it requires. */
export const shapeOf: (
  workspace: Workspace,
  message: Message,
) => { readonly names: ReadonlySet<string>; readonly required: ReadonlySet<string> } | undefined =
  oncePerPair((workspace: Workspace, { payload }: Message) => {
    const parts = payload === undefined ? [] : (certainParts(workspace, { $ref: payload }) ?? []);
    return parts.length === 0 ? undefined : { names: namesIn(parts), required: requiredIn(parts) };
  });

/** @param open the choices around it: a branch may lead back to the schema that it is one of */
function propertiesOf(
  workspace: Workspace,
  schema: JsonSchema,
  open: readonly JsonValue[] = [],
): ReadonlyMap<string, JsonSchema> {
  const found = new Map<string, JsonSchema>();
  const parts = certainParts(workspace, schema) ?? [];
  for (const name of namesIn(parts)) found.set(name, propertyIn(parts, name) ?? true);
  // Of a choice: what every branch names.
  for (const { oneOf, anyOf } of parts) {
    const choice = oneOf ?? anyOf ?? [];
    if (open.includes(choice)) continue;
    const branches = [choice].flat().filter((it): it is JsonSchema => isSchema(it));
    const maps = branches.map((it) => propertiesOf(workspace, it, [...open, choice]));
    for (const name of maps[0]?.keys() ?? []) {
      const schemas = maps.flatMap((it) => it.get(name) ?? []);
      if (!found.has(name) && schemas.length === maps.length)
        found.set(name, { anyOf: schemas as JsonValue[] });
    }
  }
  return found;
}

function fieldAt(workspace: Workspace, schema: JsonSchema, path: readonly string[]): JsonSchema | undefined {
  let here: JsonSchema | undefined = schema;
  for (const name of path) here = here === undefined ? undefined : propertiesOf(workspace, here).get(name);
  return here;
}

/** The texts that a field is restricted to; undefined where it is free. */
function fixedValues(
  workspace: Workspace,
  schema: JsonSchema,
  open: readonly JsonValue[] = [],
): ReadonlySet<string> | undefined {
  for (const part of certainParts(workspace, schema) ?? []) {
    if (typeof part.const === 'string') return new Set([part.const]);
    if (Array.isArray(part.enum)) return new Set(part.enum.filter((it) => typeof it === 'string'));
    const { anyOf } = part;
    if (Array.isArray(anyOf) && !open.includes(anyOf)) {
      const branches = anyOf.filter(isSchema).map((it) => fixedValues(workspace, it, [...open, anyOf]));
      if (branches.every((it) => it !== undefined)) return new Set(branches.flatMap((it) => [...(it ?? [])]));
    }
  }
  return undefined;
}
