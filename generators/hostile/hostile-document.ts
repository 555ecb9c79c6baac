/**
 * A contract that says something in every place where a contract may say something of its own.
 * @param say the text for a place; another text for each call
 */
export function hostileDocument(say: () => string): object {
  const channel = say();
  const [inner, place, extra] = [say(), say(), say()];
  const property = { id: say(), name: say(), kind: say(), list: say(), map: say(), data: say(), gone: say() };
  const [header, constantHeader] = [say(), say()];
  const shared = {
    description: say(),
    'x-contract': {
      aggregate: say(),
      trigger: say(),
      invariants: [say()],
      envelope: { id: pointer(property.id), subject: pointer(property.name), data: pointer(property.data) },
      orderingKey: pointer(property.id),
      identity: [pointer(property.id)],
      deprecated: { since: '2026-01-01', removal: '2027-01-01' },
    },
    tags: [{ name: say(), description: say() }],
    externalDocs: { url: 'https://example.com', description: say() },
    headers: {
      type: 'object',
      required: [constantHeader],
      properties: {
        [header]: { type: 'string', description: say(), default: say() },
        [constantHeader]: { const: say() },
      },
    },
  };
  const payload = {
    type: 'object',
    title: say(),
    description: say(),
    $comment: say(),
    required: [property.id, property.data, extra],
    properties: {
      [property.id]: { type: 'string', description: say(), examples: [say()], default: say() },
      [property.name]: { type: 'string', deprecated: true, description: say() },
      [property.kind]: { enum: [say(), say(), { [say()]: say() }, [say()]], description: say() },
      [property.list]: {
        type: 'array',
        items: { $ref: '#/components/schemas/Shared' },
        contains: { minProperties: 1 },
      },
      [property.map]: {
        type: 'object',
        additionalProperties: { type: 'string', examples: [say(), say()] },
        propertyNames: { enum: [say(), say()] },
      },
      [property.data]: {
        type: 'object',
        description: say(),
        required: [inner],
        properties: {
          [inner]: { type: 'string' },
          [say()]: { const: say() },
          [say()]: { type: 'object', properties: { [say()]: {} } },
        },
        patternProperties: { [literally(say())]: { type: 'integer' } },
        dependencies: { [say()]: [say()], [say()]: { required: [say()] } },
      },
      [say()]: { type: 'string', pattern: literally(say()), format: say() },
      [say()]: { not: { const: say() } },
      [say()]: { anyOf: [{ type: 'string', minLength: 3, title: say() }, { type: 'null' }] },
    },
    examples: [{ [property.id]: say() }],
  };
  const older = {
    type: 'object',
    required: [property.id],
    properties: { [property.id]: { type: 'string' }, [property.gone]: { type: 'string' } },
  };
  const name = say();
  const key = say();
  return {
    asyncapi: '3.0.0',
    info: {
      title: say(),
      version: say(),
      description: say(),
      contact: { name: say() },
      license: { name: say() },
      tags: [{ name: say() }],
      'x-owner': say(),
    },
    defaultContentType: 'application/json',
    servers: {
      main: { host: 'localhost', protocol: 'kafka', description: say(), title: say(), summary: say() },
    },
    channels: {
      [channel]: {
        address: `a.{place}.${say()}`,
        title: say(),
        summary: say(),
        description: say(),
        parameters: {
          place: { description: say(), enum: [say(), place], default: place, examples: [say()] },
        },
        messages: {
          [key]: {
            ...shared,
            name,
            title: say(),
            summary: say(),
            payload,
            examples: [{ name: say(), summary: say(), payload: { [property.id]: say() } }],
            'x-contract': {
              ...shared['x-contract'],
              version: `2 ${say()}`,
              upcasts: [
                {
                  from: '1.0',
                  move: { [pointer(property.gone)]: pointer(property.name) },
                  default: { [pointer(property.data)]: { [inner]: say() }, [pointer(extra)]: say() },
                },
              ],
            },
          },
          [`${key} older`]: {
            ...shared,
            name,
            payload: older,
            'x-contract': { ...shared['x-contract'], version: '1.0' },
          },
        },
      },
      open: { address: null, messages: { [say()]: { payload: { type: 'string', enum: [say(), say()] } } } },
    },
    operations: Object.fromEntries(
      ['send', 'receive'].flatMap((action) =>
        [channel, 'open'].map((it) => [
          say(),
          {
            action,
            channel: { $ref: `#/channels/${escaped(it)}` },
            title: say(),
            summary: say(),
            description: say(),
          },
        ]),
      ),
    ),
    components: {
      schemas: {
        Shared: {
          title: say(),
          description: say(),
          type: 'object',
          properties: {
            [say()]: { $ref: '#/components/schemas/Shared' },
            [say()]: { type: 'string', default: say() },
          },
        },
      },
    },
  };
}

function pointer(...path: readonly string[]): string {
  return path.map((it) => `/${escaped(it)}`).join('');
}

function escaped(text: string): string {
  return text.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** A pattern that matches this text. */
function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
