import type { Channel, Parameter } from '../../model/index.ts';
import type { Change, Subject } from '../change.ts';
import { changeOf } from './changing.ts';

/**
 * The values that parameters of one address may have. Parameters are matched by their place in the address. A value that
 * is not in the contract is refused by those who read it, as a message with another type of field is.
 */
export function compareParameters(from: Channel, to: Channel, subject: Subject): Change[] {
  return from.parameters.flatMap((was, index) => {
    const is = to.parameters[index];
    if (is === undefined) return [];
    const added = beside(is, was);
    const removed = beside(was, is);
    const places = { base: was.at, head: is.at };
    return [
      ...(added === undefined
        ? []
        : [changeOf('channel/parameter-value-added', subject, { ...places, from: is.name, to: added })]),
      ...(removed === undefined
        ? []
        : [changeOf('channel/parameter-value-removed', subject, { ...places, from: removed, to: is.name })]),
    ];
  });
}

/** What one parameter may be and the other may not; undefined where there is nothing. */
function beside({ values }: Parameter, other: Parameter): string | undefined {
  if (other.values === undefined) return undefined;
  if (values === undefined) return 'any value';
  const more = values.filter((it) => !other.values?.includes(it));
  return more.length === 0 ? undefined : more.map((it) => `\`${it}\``).join(', ');
}
