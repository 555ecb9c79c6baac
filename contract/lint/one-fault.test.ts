import { describe, expect, it } from 'vitest';
import { regionOf } from '../diagnostics/index.ts';
import { load, memoryReader } from '../load/index.ts';
import { lint, withSeverities } from './index.ts';

/**
 * The law that one fault is one finding, at the place where it was made: in a workspace of three services that share
 * types, an envelope and a flow, each key and each reference is misspelt in turn.
 */
const FILES: Readonly<Record<string, string>> = {
  'shop/envelope.yaml': `traits:
  Event:
    contentType: application/json
    x-contract:
      envelope: { id: /id, type: /type, data: /data }
      orderingKey: /data/orderId
      identity: [/id]
schemas:
  Event:
    type: object
    required: [id, type, data]
    properties:
      id: { type: string, format: uuid }
      type: { type: string }
      data: { type: object }
`,
  'shop/types.yaml': `schemas:
  OrderId: { type: string, minLength: 3 }
  Money:
    type: object
    additionalProperties: false
    required: [amount, currency]
    properties:
      amount: { type: integer, minimum: 0 }
      currency: { type: string, enum: [EUR, USD] }
`,
  'shop/orders.asyncapi.yaml': `asyncapi: 3.0.0
info:
  title: Orders
  version: 1.0.0
channels:
  placed:
    address: shop.placed
    messages:
      OrderPlaced: { $ref: '#/components/messages/OrderPlaced' }
  paid: { $ref: './payments.asyncapi.yaml#/channels/paid' }
operations:
  sendPlaced:
    action: send
    channel: { $ref: '#/channels/placed' }
    messages:
      - $ref: '#/channels/placed/messages/OrderPlaced'
  onPaid:
    action: receive
    channel: { $ref: '#/channels/paid' }
components:
  messages:
    OrderPlaced:
      name: shop.order.placed
      summary: An order was placed.
      traits:
        - $ref: './envelope.yaml#/traits/Event'
      payload:
        allOf:
          - $ref: './envelope.yaml#/schemas/Event'
          - type: object
            properties:
              type: { const: shop.order.placed }
              data:
                type: object
                required: [orderId, total]
                properties:
                  orderId: { $ref: './types.yaml#/schemas/OrderId' }
                  total: { $ref: './types.yaml#/schemas/Money' }
      examples:
        - name: small
          payload:
            id: 3f2b8c1e-8f6d-4a51-9a4e-6f0b1c2d3e4f
            type: shop.order.placed
            data:
              orderId: o-1
              total: { amount: 5, currency: EUR }
`,
  'shop/payments.asyncapi.yaml': `asyncapi: 3.1.0
info:
  title: Payments
  version: 1.0.0
channels:
  placed: { $ref: './orders.asyncapi.yaml#/channels/placed' }
  paid:
    address: shop.paid
    messages:
      OrderPaid:
        name: shop.order.paid
        summary: An order was paid.
        traits:
          - $ref: './envelope.yaml#/traits/Event'
        payload:
          allOf:
            - $ref: './envelope.yaml#/schemas/Event'
            - properties:
                data:
                  properties:
                    orderId: { $ref: './types.yaml#/schemas/OrderId' }
operations:
  onPlaced:
    action: receive
    channel: { $ref: '#/channels/placed' }
  sendPaid:
    action: send
    channel: { $ref: '#/channels/paid' }
`,
  'shop/mail.asyncapi.yaml': `asyncapi: 2.6.0
info:
  title: Mail
  version: 1.0.0
channels:
  shop.mailed:
    subscribe:
      operationId: sendMailed
      message:
        messageId: mailed
        name: shop.mail.sent
        summary: A mail was sent.
        payload:
          type: object
          properties:
            orderId: { $ref: './types.yaml#/schemas/OrderId' }
            cost: { $ref: './types.yaml#/schemas/Money' }
`,
  'shop/buy.arazzo.yaml': `arazzo: 1.1.0
info: { title: Buying, version: 1.0.0 }
sourceDescriptions:
  - name: orders
    url: ./orders.asyncapi.yaml
    type: asyncapi
  - name: payments
    url: ./payments.asyncapi.yaml
    type: asyncapi
workflows:
  - workflowId: buy
    steps:
      - stepId: place
        operationId: $sourceDescriptions.orders.sendPlaced
        action: send
      - stepId: pay
        operationId: $sourceDescriptions.payments.sendPaid
        action: send
        dependsOn: [place]
`,
};

interface Found {
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

function findingsIn(files: Readonly<Record<string, string>>): Found[] {
  const { workspace, diagnostics } = load(memoryReader(files));
  return withSeverities([...diagnostics, ...lint(workspace)], {}).map(({ code, at, message }) => {
    const source = workspace.sources[at.file];
    return { code, message, file: at.file, line: source ? regionOf(source, at).line : 0 };
  });
}

/** One text of a file with one of its lines changed. */
interface Slip {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Every place where a pattern is found, with its first group misspelt: two letters in the middle change places. */
function slips(
  pattern: RegExp,
  isMeant: (word: string, lines: readonly string[], line: number) => boolean,
): Slip[] {
  return Object.entries(FILES).flatMap(([file, text]) => {
    const lines = text.split('\n');
    return lines.flatMap((line, index) =>
      [...line.matchAll(pattern)].flatMap((match) => {
        const word = match[1] ?? '';
        const wrong = misspelt(word);
        if (wrong === word || !isMeant(word, lines, index)) return [];
        const at = match.index + match[0].indexOf(word);
        const changed = `${line.slice(0, at)}${wrong}${line.slice(at + word.length)}`;
        const files = { ...FILES, [file]: lines.with(index, changed).join('\n') };
        return [{ file, line: index + 1, text: changed.trim(), files }];
      }),
    );
  });
}

function misspelt(word: string): string {
  const middle = Math.max(1, Math.floor(word.length / 2));
  return `${word.slice(0, middle - 1)}${word[middle] ?? ''}${word[middle - 1] ?? ''}${word.slice(middle + 1)}`;
}

/** Keys that the standards name. The others are names of somebody's own: to misspell one is to rename it. */
const STANDARD = new Set(
  `info title version channels address messages operations action channel components name summary traits payload allOf
  type format required properties additionalProperties minLength minimum enum const examples contentType envelope
  orderingKey identity subscribe operationId message messageId sourceDescriptions url workflows workflowId steps stepId
  dependsOn $ref`.split(/\s+/),
);

/** Within an example keys are data, and within an \`info\` of Arazzo nothing is read. */
function isKeyword(word: string, lines: readonly string[], line: number): boolean {
  const example = lines.findLastIndex((it, index) => index <= line && /^ *examples:/.test(it));
  const isData = example >= 0 && line > example + 2;
  const isName = /^ *(type|data|id): *(\{|$)/.test(lines[line] ?? '') && /^(type|data|id)$/.test(word);
  return STANDARD.has(word) && !isData && !isName && !(lines[0]?.startsWith('arazzo') && line === 1);
}

it('is a workspace without a fault', () => {
  expect(findingsIn(FILES)).toEqual([]);
});

describe('a misspelt key', () => {
  const keys = slips(/(?:^|[{,-])\s*([$\w-]+):(?=\s|$)/g, isKeyword);

  it.each(keys.map((slip) => [`${slip.file}:${slip.line} ${slip.text}`, slip] as const))('%s', (_, slip) => {
    expect(findingsIn(slip.files).map(({ file, line }) => `${file}:${line}`)).toEqual([
      `${slip.file}:${slip.line}`,
    ]);
  });

  it('is tried in many places', () => {
    expect(keys.length).toBeGreaterThan(100);
  });
});

describe('a misspelt reference', () => {
  const references = slips(/\$ref: '[^']*?(\w+)'/g, () => true);

  it.each(references.map((slip) => [`${slip.file}:${slip.line} ${slip.text}`, slip] as const))(
    '%s',
    (_, slip) => {
      expect(findingsIn(slip.files).map(({ code, file, line }) => `${code} ${file}:${line}`)).toEqual([
        `reference/unresolved ${slip.file}:${slip.line}`,
      ]);
    },
  );
});

describe('a file that cannot be read', () => {
  it.each(Object.keys(FILES))('is the only finding: %s', (file) => {
    const found = findingsIn({ ...FILES, [file]: `${FILES[file]}  broken: [\n` });
    expect(found.map((it) => `${it.code} ${it.file}`)).toEqual([`file/malformed ${file}`]);
  });
});

describe('a value that is misspelt', () => {
  it.each([
    ['action: send', 'action: sned'],
    ['asyncapi: 3.1.0', 'asyncapi: 3.2.0'],
    ['type: integer', 'type: integr'],
    ['version: 1.0.0\nchannels', 'version: 1.0\nchannels'],
    ['orderingKey: /data/orderId', 'orderingKey: /data/orderID'],
    ['currency: EUR }', 'currency: EURO }'],
    ['dependsOn: [place]', 'dependsOn: [plaec]'],
    ['payments.sendPaid', 'payments.sendPiad'],
    ['{ amount: 5', '{ amuont: 5'],
    ['minimum: 0', 'minimum: 0, maximum: -1'],
    ['required: [amount, currency]', 'required: [amuont, currency]'],
  ])('%s as %s', (right, wrong) => {
    for (const [file, text] of Object.entries(FILES).filter(([, it]) => it.includes(right))) {
      const changed = text.replace(right, wrong);
      const line = changed.slice(0, changed.indexOf(wrong)).split('\n').length;
      const found = findingsIn({ ...FILES, [file]: changed });
      expect(found.map((it) => `${it.file}:${it.line}`)).toEqual([`${file}:${line}`]);
    }
  });
});
