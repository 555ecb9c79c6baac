/** A workspace of many services as teams write them: domains of ten, shared types, events that others receive. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PER_DOMAIN = 10;

/** Writes `count` service documents and their shared types below a folder; answers the documents' paths in it. */
export function writeWorkspace(folder: string, count: number): string[] {
  const files: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const domain = `domain-${Math.floor(n / PER_DOMAIN)}`;
    mkdirSync(join(folder, domain), { recursive: true });
    if (n % PER_DOMAIN === 0) writeFileSync(join(folder, domain, 'types.yaml'), TYPES);
    const file = `${domain}/service-${n}.asyncapi.yaml`;
    const previous = n % PER_DOMAIN === 0 ? undefined : n - 1;
    writeFileSync(join(folder, file), serviceText(n, previous));
    files.push(file);
  }
  return files;
}

function serviceText(n: number, previous: number | undefined): string {
  const events = ['Created', 'Changed', 'Closed', 'Archived'];
  const channels = events.map((event) => channelText(n, event)).join('');
  const operations = events.map((event) => operationText(n, event)).join('');
  const received = previous === undefined ? '' : receiveText(previous);
  return `asyncapi: 3.0.0
id: urn:example:service-${n}
info:
  title: Service ${n}
  version: 1.0.0
  description: Looks after the things of kind ${n} and tells the others what happens to them.
  contact: { name: Team ${n % 7}, email: team-${n % 7}@example.com, url: https://example.com/teams/${n % 7} }
  license: { name: Apache 2.0, url: https://www.apache.org/licenses/LICENSE-2.0 }
defaultContentType: application/json
servers:
  production:
    host: broker.example.com:9092
    protocol: kafka
    description: The brokers of all domains.
channels:
${channels}${previous === undefined ? '' : `  previous:\n    $ref: './service-${previous}.asyncapi.yaml#/channels/thing${previous}Created'\n`}operations:
${operations}${received}components:
  messages:
${events.map((event) => messageText(n, event)).join('')}  schemas:
    Thing${n}:
      type: object
      description: A thing of kind ${n}.
      required: [id, name, owner, price, state]
      properties:
        id: { type: string, format: uuid, description: What it is known by. }
        name: { type: string, minLength: 1, maxLength: 120, description: What people call it. }
        owner: { $ref: './types.yaml#/schemas/Person' }
        price: { $ref: './types.yaml#/schemas/Money' }
        state: { type: string, enum: [NEW, OPEN, CLOSED, ARCHIVED], description: Where it stands. }
        tags:
          type: array
          uniqueItems: true
          items: { type: string, pattern: '^[a-z][a-z0-9-]*$' }
          description: How it is found.
        changedAt: { type: string, format: date-time, description: When it was last touched. }
`;
}

function channelText(n: number, event: string): string {
  return `  thing${n}${event}:
    address: things.${n}.${event.toLowerCase()}
    description: Things of kind ${n} that were ${event.toLowerCase()}.
    servers: [{ $ref: '#/servers/production' }]
    messages:
      Thing${n}${event}: { $ref: '#/components/messages/Thing${n}${event}' }
    bindings: { kafka: { topic: things.${n}.${event.toLowerCase()}, partitions: 12, replicas: 3, bindingVersion: 0.5.0 } }
`;
}

function operationText(n: number, event: string): string {
  return `  sendThing${n}${event}:
    action: send
    summary: A thing was ${event.toLowerCase()}.
    channel: { $ref: '#/channels/thing${n}${event}' }
    messages: [{ $ref: '#/channels/thing${n}${event}/messages/Thing${n}${event}' }]
`;
}

function receiveText(previous: number): string {
  return `  onThing${previous}Created:
    action: receive
    summary: Keep a copy of things of kind ${previous}.
    channel: { $ref: '#/channels/previous' }
`;
}

function messageText(n: number, event: string): string {
  return `    Thing${n}${event}:
      name: thing${n}.${event.toLowerCase()}
      title: Thing ${event.toLowerCase()}
      summary: A thing of kind ${n} was ${event.toLowerCase()}.
      contentType: application/json
      payload:
        type: object
        required: [eventId, at, data]
        properties:
          eventId: { type: string, format: uuid, description: Identifies the event. }
          at: { type: string, format: date-time, description: When it happened. }
          data: { $ref: '#/components/schemas/Thing${n}' }
      examples:
        - name: one
          summary: A thing
          payload:
            eventId: 0cb1e29c-658c-4a14-95e6-0af593bd04cf
            at: '2026-01-04T10:30:00Z'
            data:
              id: d23f0824-128b-4f33-8c5c-7fd0a6a3a450
              name: Thing
              owner: { name: Ada, email: ada@example.com, address: { street: Main Street 1, city: London, country: GB } }
              price: { amount: 1250, currency: EUR }
              state: OPEN
              tags: [a-tag, another]
              changedAt: '2026-01-04T10:30:00Z'
`;
}

const TYPES = `schemas:
  Money:
    type: object
    description: An amount of a currency.
    required: [amount, currency]
    properties:
      amount: { type: integer, minimum: 0, description: In the smallest unit. }
      currency: { type: string, pattern: '^[A-Z]{3}$', description: ISO 4217. }
  Address:
    type: object
    description: Where somebody lives.
    required: [street, city, country]
    properties:
      street: { type: string, minLength: 1, description: Street and number. }
      city: { type: string, minLength: 1, description: The city. }
      country: { type: string, minLength: 2, maxLength: 2, description: ISO 3166. }
  Person:
    type: object
    description: Somebody.
    required: [name]
    properties:
      name: { type: string, minLength: 1, description: What they are called. }
      email: { type: string, format: email, description: Where they can be reached. }
      address: { $ref: '#/schemas/Address' }
`;
