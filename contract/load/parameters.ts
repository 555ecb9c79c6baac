import { isObject, type JsonObject, type JsonValue } from '@chirograph/schema';
import type { Parameter } from '../model/index.ts';
import { readPath } from './contract.ts';
import { entriesAt, follow } from './follow.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { childAt, listAt, present, textAt } from './read.ts';

/**
 * The parameters of a channel, in the order of its address. AsyncAPI 3 says what a parameter may be in the parameter
 * itself, AsyncAPI 2 in a schema of its own; of that, what has a place in AsyncAPI 3 is kept, as text.
 */
export function readParameters(context: LoadContext, channel: Located, address: string | null): Parameter[] {
  const read = entriesAt(context, channel, 'parameters').map(({ key, written }) =>
    readParameter(context, key, written),
  );
  const place = ({ name }: Parameter): number => {
    const at = address?.indexOf(`{${name}}`) ?? -1;
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  };
  return read.sort((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1));
}

function readParameter(context: LoadContext, name: string, written: Located): Parameter {
  const target = follow(context, written);
  const own = target && isObject(target.value) ? target.value : {};
  const schema =
    target && isObject(own.schema) ? follow(context, childAt(target, 'schema'))?.value : undefined;
  const said = schema !== undefined && isObject(schema) ? schema : own;
  const values = valuesOf(said);
  return {
    name,
    at: target?.at ?? written.at,
    ...present({
      description: textAt(own, 'description') ?? textAt(said, 'description'),
      values: values.length > 0 ? values : undefined,
      default: textOf(said.default)[0],
      location: readPath(own.location),
    }),
    examples: listAt(said, 'examples').flatMap(textOf),
  };
}

function valuesOf(said: JsonObject): string[] {
  return said.const === undefined ? listAt(said, 'enum').flatMap(textOf) : textOf(said.const);
}

/** What a value is called in an address; nothing for what cannot stand there. */
function textOf(value: JsonValue | undefined): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
}
