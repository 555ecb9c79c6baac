/** One document with many messages, as a platform team exports it: every message on a channel of its own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the document into a folder of its own; answers how many bytes it has. */
export function writeLargeDocument(folder: string, messages: number): number {
  const numbers = Array.from({ length: messages }, (_, n) => n);
  const text = [
    'asyncapi: 3.0.0',
    'info: { title: Large, version: 1.0.0, description: All messages of a platform. }',
    'channels:',
    ...numbers.map(
      (n) => `  thing${n}:
    address: things.${n}
    messages: { thing${n}: { $ref: '#/components/messages/Thing${n}' } }`,
    ),
    'operations:',
    ...numbers.map((n) => `  send${n}: { action: send, channel: { $ref: '#/channels/thing${n}' } }`),
    'components:',
    '  messages:',
    ...numbers.map(messageText),
    '',
  ].join('\n');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'large.asyncapi.yaml'), text);
  return Buffer.byteLength(text);
}

function messageText(n: number): string {
  const fields = Array.from(
    { length: 14 },
    (_, k) => `          field${k}:
            type: string
            description: What is known of thing ${n} under number ${k}.`,
  );
  return `    Thing${n}:
      name: Thing${n}
      summary: Something happened to thing ${n}.
      payload:
        type: object
        required: [id, amount]
        properties:
          id: { type: string, format: uuid }
          amount: { type: number, minimum: 0 }
${fields.join('\n')}`;
}
