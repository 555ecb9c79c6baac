/** Contracts as they stand in a large landscape: twenty messages a service, ten domains; each service receives what the next one sends and uses its types. */
export function ring(size: number): Record<string, string> {
  const services = Math.ceil(size / 20);
  const files: Record<string, string> = {};
  const fileOf = (s: number) => `specs/domain-${s % 10}/service${s}.asyncapi.yaml`;
  for (let s = 0; s < services; s += 1) {
    const next = `../../${fileOf((s + 10) % services)}`;
    const numbers = Array.from({ length: Math.min(20, size - s * 20) }, (_, m) => m);
    files[fileOf(s)] = JSON.stringify({
      asyncapi: '3.1.0',
      info: { title: `Service ${s}`, version: '1.0.0', contact: { name: `Team ${s % 40}` } },
      channels: Object.fromEntries(
        numbers.flatMap((m) => [
          [
            `c${m}`,
            {
              address: `domain-${s % 10}.service${s}.thing${m}.happened`,
              messages: { M: { $ref: `#/components/messages/M${m}` } },
            },
          ],
          [`n${m}`, { $ref: `${next}#/channels/c${m}` }],
        ]),
      ),
      operations: Object.fromEntries(
        numbers.flatMap((m) => [
          [
            `send${m}`,
            { action: 'send', summary: `Thing ${m} happened.`, channel: { $ref: `#/channels/c${m}` } },
          ],
          [`on${m}`, { action: 'receive', summary: 'Follow it.', channel: { $ref: `#/channels/n${m}` } }],
        ]),
      ),
      components: {
        messages: Object.fromEntries(
          numbers.map((m) => [
            `M${m}`,
            {
              name: `domain-${s % 10}.service${s}.thing${m}.happened`,
              title: `Thing ${m} of ${s} happened`,
              summary: `The thing number ${m} of service ${s} came to pass.`,
              'x-contract': { version: '1.0', aggregate: `Aggregate${s}` },
              payload: {
                type: 'object',
                required: ['id', 'amount'],
                properties: {
                  id: { type: 'string', format: 'uuid' },
                  amount: { type: 'integer', minimum: 0 },
                  [`field${m}of${s}`]: { type: 'string', description: 'A field of its own.' },
                  shared: { $ref: '#/components/schemas/Shared' },
                },
              },
              examples: [{ payload: { id: '0cb1e29c-658c-4a14-95e6-0af593bd04cf', amount: 3 } }],
            },
          ]),
        ),
        schemas: {
          Shared: { type: 'object', properties: { next: { $ref: `${next}#/components/schemas/Leaf` } } },
          Leaf: { type: 'object', description: 'A leaf.', properties: { leaf: { type: 'string' } } },
        },
      },
    });
  }
  return files;
}
