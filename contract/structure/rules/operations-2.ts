import { isObject } from '@chirograph/schema';
import { entriesOf, type Follow, type Part, partAt } from './rule.ts';

/** The operations of an AsyncAPI 2 document, in the order of its channels. */
export function operations2(document: Part, follow: Follow): Part[] {
  return entriesOf(partAt(document, 'channels')).flatMap(({ part }) => {
    const channel = follow(part);
    return (['subscribe', 'publish'] as const).flatMap((verb) => {
      const operation = channel && partAt(channel, verb);
      return operation && isObject(operation.value) ? [operation] : [];
    });
  });
}

/** The messages of those operations, each with where it is used and where it is defined. */
export function messages2(document: Part, follow: Follow): { readonly use: Part; readonly message: Part }[] {
  return operations2(document, follow).flatMap((operation) => {
    const use = partAt(operation, 'message');
    const message = follow(use);
    if (!message || !isObject(message.value)) return [];
    const uses = Array.isArray(message.value.oneOf)
      ? entriesOf(partAt(message, 'oneOf')).map(({ part }) => part)
      : [use];
    return uses.flatMap((it) => {
      const definition = follow(it);
      return definition && isObject(definition.value) ? [{ use: it, message: definition }] : [];
    });
  });
}
