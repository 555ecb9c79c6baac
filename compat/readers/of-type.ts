import { type Message, typeMarksOf, type Workspace } from '@chirograph/contract/model';
import type { Definition, JsonSchema } from '@chirograph/schema';
import { layered, type Rooted } from '@chirograph/schema/combine';

/**
 * What a sender writes of the types that a reader takes: where one message of the sender stands for several, and fields with
 * fixed values tell which is which, a reader that names some of the values leaves the others to others. Undefined where the
 * reader names none.
 */
export function ofTypesRead(producer: Rooted, workspace: Workspace, reader: Message): Rooted | undefined {
  const own = [...typeMarksOf(workspace, reader)].filter(([place]) => place.startsWith('payload/'));
  const producerSchema = producer.schemas[producer.root];
  if (own.length === 0 || !producerSchema) return undefined;
  const limits = own.map(([place, values]) => within(place.split('/').slice(1), [...values]));
  const schemas = layered<Definition>(producer.schemas);
  schemas[OF_TYPES] = { ...producerSchema, json: { allOf: [{ $ref: producer.root }, ...limits] } };
  return { schemas, root: OF_TYPES };
}

const OF_TYPES = 'of the types that are read';

function within([name, ...rest]: readonly string[], values: readonly string[]): JsonSchema {
  if (name === undefined) return { enum: values };
  return { type: 'object', required: [name], properties: { [name]: within(rest, values) } };
}
