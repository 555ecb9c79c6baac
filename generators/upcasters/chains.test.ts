import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, memoryReader } from '@chirograph/contract/load';
import type { Workspace } from '@chirograph/contract/model';
import type { ConsumerOptions, Handler } from '@chirograph/runtime';
import { testBus } from '@chirograph/runtime/testing';
import { describe, expect, it } from 'vitest';
import { consumers } from '../consumers/consumers.ts';
import { generate } from '../generate.ts';
import { messages } from '../messages/messages.ts';
import { compilerOutput, proofFolder, writeOutput } from '../proof/prove.ts';
import type { OutputOptions } from '../source/generator.ts';
import { types } from '../types/types.ts';
import { validators } from '../validators/validators.ts';
import { upcasters } from './upcasters.ts';

/** What a version of the order is called inside, and how older ones become it. */
const VERSIONS = [
  ['1.0', 'customer'],
  ['2.0', 'buyer'],
  ['3.0', 'name'],
] as const;

const RENAMED = {
  '1.0': "{ from: '1.0', move: { /customer: /buyer } }",
  '2.0': "{ from: '2.0', move: { /buyer: /name } }",
  direct: "{ from: '1.0', move: { /customer: /name } }",
};

describe('an upcast by way of a version between', () => {
  it('is made of what is declared, and demands nothing', async () => {
    const { demanded, received } = await consumed([RENAMED['1.0']], [RENAMED['2.0']]);
    expect(demanded).toEqual([]);
    expect(received).toEqual(['from 1.0: Ada', 'from 2.0: Ada', 'from 3.0: Ada']);
  });

  it('demands one function for the step that takes one, from the type of its version to that of the next', async () => {
    const { demanded, received } = await consumed([RENAMED['1.0']], ["{ from: '2.0', function: true }"]);
    expect(demanded).toEqual(["readonly 'order.placed@2.0': (old: OrderV2) => OrderV3;"]);
    expect(received).toEqual(['from 1.0: Ada!', 'from 2.0: Ada!', 'from 3.0: Ada']);
  });

  it('goes on from a function by what is declared', async () => {
    const { demanded, received } = await consumed(["{ from: '1.0', function: true }"], [RENAMED['2.0']]);
    expect(demanded).toEqual(["readonly 'order.placed@1.0': (old: OrderV1) => OrderV2;"]);
    expect(received).toEqual(['from 1.0: Ada?', 'from 2.0: Ada', 'from 3.0: Ada']);
  });

  it('is not taken where a version is declared directly', async () => {
    const { demanded, received } = await consumed(
      ["{ from: '1.0', function: true }"],
      [RENAMED['2.0'], RENAMED.direct],
    );
    expect(demanded).toEqual([]);
    expect(received).toEqual(['from 1.0: Ada', 'from 2.0: Ada', 'from 3.0: Ada']);
  });

  it('demands the step of which nothing is said, and no more', async () => {
    const { demanded, received } = await consumed([RENAMED['1.0']], []);
    expect(demanded).toEqual(["readonly 'order.placed@2.0': (old: OrderV2) => OrderV3;"]);
    expect(received[0]).toBe('from 1.0: Ada!');
  });

  it('gives functions what is on the wire', { timeout: 60_000 }, async () => {
    const files = await printed(workspaceOf([RENAMED['1.0']], ["{ from: '2.0', function: true }"]), {
      importExtension: '.ts',
      dates: 'Date',
    });
    const folder = proofFolder('chains-dates');
    try {
      writeOutput(folder, files);
      writeFileSync(
        join(folder, 'use.ts'),
        `import type { ShopUpcasters } from './shop/consumers/shop.ts';
export const upcasters: ShopUpcasters = {
  'order.placed@2.0': ({ buyer, at, ...old }) => ({ ...old, version: '3.0', name: buyer, at: at.toUpperCase() }),
};
`,
      );
      expect(compilerOutput(folder)).toBe('');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

interface Shop {
  shopConsumer(
    subscriber: unknown,
    options: ConsumerOptions & { readonly upcasters: object },
    handlers: Readonly<Record<string, Handler<{ readonly name: string }>>>,
  ): { start(): Promise<void> };
}

/** What a consumer of three versions demands, and what its handler is given of each. */
async function consumed(of2: readonly string[], of3: readonly string[]) {
  const files = await printed(workspaceOf(of2, of3), { importExtension: '.ts' });
  const folder = proofFolder(`chains-${of2.length}${of3.length}-${runs++}`);
  const text = files.find((it) => it.path.endsWith('consumers/shop.ts'))?.text ?? '';
  const bus = testBus();
  try {
    writeOutput(folder, files);
    const shop: Shop = await import(join(folder, 'shop/consumers/shop.ts'));
    const received: string[] = [];
    const upcasters = {
      'order.placed@1.0': ({ customer, ...old }: Record<string, string>) => ({
        ...old,
        version: '2.0',
        buyer: `${customer}?`,
      }),
      'order.placed@2.0': ({ buyer, ...old }: Record<string, string>) => ({
        ...old,
        version: '3.0',
        name: `${buyer}!`,
      }),
    };
    await shop
      .shopConsumer(
        bus,
        { store: bus.store, clock: bus.clock, upcasters },
        { orderV3: ({ name }, context) => void received.push(`from ${context.received.version}: ${name}`) },
      )
      .start();
    for (const [version, field] of VERSIONS) {
      const payload = { version, at: '2026-01-01T00:00:00Z', [field]: 'Ada' };
      await bus.publish([
        {
          id: version,
          name: 'order.placed',
          channel: 'orders',
          contentType: 'application/json',
          headers: {},
          body: new TextEncoder().encode(JSON.stringify(payload)),
        },
      ]);
    }
    await bus.settled();
    return {
      received,
      demanded: text
        .split('\n')
        .map((it) => it.trim())
        .filter((it) => it.startsWith("readonly 'order")),
    };
  } finally {
    await bus.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

let runs = 0;

function printed(workspace: Workspace, options: OutputOptions) {
  return generate(workspace, options, [types, validators, messages, upcasters, consumers]);
}

function workspaceOf(of2: readonly string[], of3: readonly string[]): Workspace {
  const upcastsTo: Readonly<Record<string, readonly string[]>> = { '2.0': of2, '3.0': of3 };
  const { workspace, diagnostics } = load(
    memoryReader({
      'specs/shop/shop.asyncapi.yaml': `
asyncapi: 3.0.0
info: { title: Shop, version: 1.0.0 }
channels:
  orders:
    address: orders
    messages:
${VERSIONS.map(([version]) => `      ${keyOf(version)}: { $ref: '#/components/messages/${keyOf(version)}' }`).join('\n')}
operations: { receiveOrders: { action: receive, channel: { $ref: '#/channels/orders' } } }
components:
  messages:
${VERSIONS.map(
  ([version, field]) => `    ${keyOf(version)}:
      name: order.placed
      x-contract:
        version: '${version}'
        envelope: { version: /version }
        upcasts: [${(upcastsTo[version] ?? []).join(', ')}]
      payload:
        type: object
        required: [version, at, ${field}]
        additionalProperties: false
        properties:
          version: { const: '${version}' }
          at: { type: string, format: date-time }
          ${field}: { type: string }`,
).join('\n')}
`,
    }),
  );
  expect(diagnostics.filter((it) => it.severity === 'error')).toEqual([]);
  return workspace;
}

function keyOf(version: string): string {
  return `OrderV${version.charAt(0)}`;
}
