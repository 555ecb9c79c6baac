import { integer, object, placed, receiving, sending } from '../documents.ts';
import { type ChangedEstate, rowsOf } from './row.ts';

const PAYLOAD = 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload';
const one = (payload: unknown) => ({ 'a/orders.yaml': sending(placed(payload)) });
const avro = (...fields: readonly (readonly [string, unknown, unknown?])[]) => ({
  schemaFormat: 'application/vnd.apache.avro+json;version=1.9.0',
  schema: {
    type: 'record',
    name: 'OrderPlaced',
    fields: fields.map(([name, type, d]) => ({ name, type, ...(d !== undefined && { default: d }) })),
  },
});

/** Schemas in other languages than JSON Schema. */
export const ESTATES: readonly ChangedEstate[] = rowsOf((row) => {
  row(
    'an Avro int becomes a long',
    {
      ...one(avro(['n', 'int'])),
      'b/int.yaml': receiving(placed(avro(['n', 'int']))),
      'b/long.yaml': receiving(placed(avro(['n', 'long']))),
    },
    { [`${PAYLOAD}/schema/fields`]: avro(['n', 'long']).schema.fields },
    ['int'],
  );
  row(
    'Avro is sent, and the reader has JSON Schema',
    { ...one(avro(['n', 'int'])), 'b/json.yaml': receiving(placed(object({ n: integer }, ['n']))) },
    { [`${PAYLOAD}/schema/fields`]: avro(['n', 'string']).schema.fields },
    ['json'],
  );
  row(
    'Protobuf, which is not read',
    {
      ...one({
        schemaFormat: 'application/vnd.google.protobuf;version=3',
        schema: 'message A { int32 a = 1; }',
      }),
      'b/r.yaml': receiving(
        placed({
          schemaFormat: 'application/vnd.google.protobuf;version=3',
          schema: 'message A { int32 a = 1; }',
        }),
      ),
    },
    { [`${PAYLOAD}/schema`]: 'message A { string a = 1; }' },
    ['r'],
  );
});
