import { isObject, type JsonValue } from '@chirograph/schema';
import type { Channel } from '../workspace.ts';

/** The parts of a binding that tell one place on a broker from another of the same address. */
const PLACES: readonly (readonly string[])[] = [
  // A routing key is one of its exchange (AMQP binding, "Channel Binding Object").
  ['amqp', 'exchange', 'name'],
  ['amqp', 'exchange', 'vhost'],
  ['pulsar', 'namespace'],
];

/** Whether what two channels say of the broker leaves room for their being one: nothing said may be anything. */
export function carriersOverlap(one: Channel | undefined, other: Channel | undefined): boolean {
  return PLACES.every((path) => {
    const [a, b] = [textIn(one?.bindings, path), textIn(other?.bindings, path)];
    return a === undefined || b === undefined || a === b;
  });
}

function textIn(value: Channel['bindings'] | JsonValue, path: readonly string[]): string | undefined {
  let here: JsonValue | undefined = value;
  for (const step of path) here = isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined;
  return typeof here === 'string' ? here : undefined;
}
