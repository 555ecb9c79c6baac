import { CORPUS, DEFINITIONS } from './corpus.ts';

/** The corpus as an AsyncAPI document: each schema the payload of a message that is sent and received. */
export function corpusDocument(): object {
  const messages = Object.fromEntries(
    CORPUS.map(({ name, schema, dialect }) => [
      name,
      {
        name: `corpus.${name}`,
        payload:
          dialect === undefined
            ? schema
            : { schemaFormat: `application/schema+json;version=${dialect}`, schema },
      },
    ]),
  );
  const channels = Object.fromEntries(
    CORPUS.map(({ name }) => [
      name,
      { address: `corpus.${name}`, messages: { [name]: { $ref: `#/components/messages/${name}` } } },
    ]),
  );
  const operations = Object.fromEntries(
    CORPUS.flatMap(({ name }) =>
      (['send', 'receive'] as const).map((action) => [
        `${action}${name}`,
        { action, channel: { $ref: `#/channels/${name}` } },
      ]),
    ),
  );
  return {
    asyncapi: '3.1.0',
    info: { title: 'Corpus', version: '1.0.0' },
    channels,
    operations,
    components: { messages, schemas: DEFINITIONS },
  };
}
