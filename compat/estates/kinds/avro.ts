import { message, receiving, sending } from '../documents.ts';
import { type ChangedEstate, rowsOf } from './row.ts';

/** Payloads in Avro. */
export const ESTATES: readonly ChangedEstate[] = rowsOf((row) => {
  function avro(name: string, ...fields: readonly (readonly [string, string, unknown?])[]) {
    const schema = {
      type: 'record',
      name,
      fields: fields.map(([field, type, ...rest]) => ({
        name: field,
        type,
        ...(rest.length > 0 && { default: rest[0] }),
      })),
    };
    return message('', { schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema });
  }
  row(
    'Avro copies',
    {
      'a/orders.yaml': sending({
        P: message('', {
          schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
          schema: {
            type: 'record',
            name: 'OrderPlaced',
            namespace: 'a',
            fields: [
              { name: 'id', type: 'string' },
              { name: 'total', type: 'int' },
            ],
          },
        }),
      }),
      'b/billing.yaml': receiving({
        Q: message('', {
          schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
          schema: {
            type: 'record',
            name: 'OrderPlaced',
            namespace: 'b',
            fields: [{ name: 'total', type: 'int' }],
          },
        }),
      }),
      'b/mail.yaml': receiving({
        Q: message('', {
          schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
          schema: {
            type: 'record',
            name: 'OrderPlaced',
            namespace: 'c',
            fields: [{ name: 'id', type: 'string' }],
          },
        }),
      }),
    },
    {
      'a/orders.yaml#/channels/c0/messages/P/payload/schema/fields': [
        { name: 'id', type: 'string' },
        { name: 'total', type: 'string' },
      ],
    },
    ['billing'],
  );
  row(
    'Avro, two records on a channel, no names',
    {
      'a/orders.yaml': sending({
        A: message('', {
          schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
          schema: { type: 'record', name: 'Placed', fields: [{ name: 'total', type: 'int' }] },
        }),
        B: message('', {
          schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
          schema: { type: 'record', name: 'Cancelled', fields: [{ name: 'total', type: 'int' }] },
        }),
      }),
      'b/rp.yaml': receiving({
        X: message('', {
          schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
          schema: { type: 'record', name: 'Placed', fields: [{ name: 'total', type: 'int' }] },
        }),
      }),
      'b/rc.yaml': receiving({
        X: message('', {
          schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
          schema: { type: 'record', name: 'Cancelled', fields: [{ name: 'total', type: 'int' }] },
        }),
      }),
    },
    { 'a/orders.yaml#/channels/c0/messages/A/payload/schema/fields': [{ name: 'total', type: 'string' }] },
    ['rp'],
  );
  row(
    'an Avro field goes that a reader has with a default, and another without',
    {
      'a/orders.yaml': sending({ P: avro('P', ['id', 'string'], ['total', 'int']) }),
      'b/with.yaml': receiving({ P: avro('P', ['id', 'string'], ['total', 'int', 0]) }),
      'b/without.yaml': receiving({ P: avro('P', ['total', 'int']) }),
      'b/other.yaml': receiving({ P: avro('P', ['id', 'string']) }),
    },
    { 'a/orders.yaml#/channels/c0/messages/P': avro('P', ['id', 'string']) },
    ['without'],
  );
});
