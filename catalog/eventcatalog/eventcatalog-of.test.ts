import { folderReader, load, memoryReader } from '@chirograph/contract/load';
import { describe, expect, it } from 'vitest';
import { FIXTURE } from '../fixture.ts';
import { eventCatalogOf } from './eventcatalog-of.ts';

const { workspace, diagnostics } = load(memoryReader(FIXTURE));
const files = eventCatalogOf(workspace);
const textOf = (path: string) => files.find((it) => it.path === path)?.text;

describe('eventCatalogOf', () => {
  it('is shown contracts without faults', () => {
    expect(diagnostics).toEqual([]);
  });

  it('gives each thing its page and each file its place', () => {
    expect(files.map((it) => it.path)).toMatchInlineSnapshot(`
      [
        "domains/ledger/index.mdx",
        "domains/ledger/services/ledger-book/book.asyncapi.yaml",
        "domains/ledger/services/ledger-book/index.mdx",
        "domains/ledger/services/ledger-book/specs-shared-types.yaml",
        "domains/ledger/services/ledger-book/specs-shop-order.asyncapi.yaml",
        "domains/shop/channels/shop-commands-channel/index.mdx",
        "domains/shop/channels/shop-placed-channel/index.mdx",
        "domains/shop/commands/shop.order.place/index.mdx",
        "domains/shop/commands/shop.order.place/schema.json",
        "domains/shop/entities/shop.Order/index.mdx",
        "domains/shop/events/shop.order.placed/examples/example-1.json",
        "domains/shop/events/shop.order.placed/examples/examples.config.json",
        "domains/shop/events/shop.order.placed/index.mdx",
        "domains/shop/events/shop.order.placed/schema.json",
        "domains/shop/events/shop.order.placed/versioned/1.0/index.mdx",
        "domains/shop/events/shop.order.placed/versioned/1.0/schema.json",
        "domains/shop/flows/shop-checkout-flow/index.mdx",
        "domains/shop/index.mdx",
        "domains/shop/services/shop-order/index.mdx",
        "domains/shop/services/shop-order/order.asyncapi.yaml",
        "domains/shop/services/shop-order/specs-shared-types.yaml",
        "public/docs/events/shop.order.place/1/index.html",
        "public/docs/users/order-crew/index.html",
        "teams/order-crew.mdx",
      ]
    `);
  });

  it.each([
    ['domain', 'domains/shop/index.mdx'],
    ['service', 'domains/shop/services/shop-order/index.mdx'],
    ['event', 'domains/shop/events/shop.order.placed/index.mdx'],
    ['command', 'domains/shop/commands/shop.order.place/index.mdx'],
    ['channel', 'domains/shop/channels/shop-placed-channel/index.mdx'],
    ['flow', 'domains/shop/flows/shop-checkout-flow/index.mdx'],
    ['aggregate', 'domains/shop/entities/shop.Order/index.mdx'],
    ['schema', 'domains/shop/events/shop.order.placed/schema.json'],
  ])('writes the page of a %s', async (kind, path) => {
    const ending = path.endsWith('.json') ? 'json' : 'mdx';
    await expect(textOf(path)).toMatchFileSnapshot(`golden/${kind}.${ending}`);
  });

  it('leaves the author’s document alone but for references to files that lay elsewhere', () => {
    const folder = 'domains/shop/services/shop-order';
    const original = FIXTURE['specs/shop/order.asyncapi.yaml'];
    expect(textOf(`${folder}/order.asyncapi.yaml`)).toBe(
      original?.replaceAll('../shared/types.yaml', './specs-shared-types.yaml'),
    );
    expect(textOf(`${folder}/specs-shared-types.yaml`)).toBe(FIXTURE['specs/shared/types.yaml']);
  });

  it('tells domains that meet in a message of each other', () => {
    const row = /\[\[domain\\\|(\S+)@1\.0\.0\]\] \| (.*) \| (.*) \|/;
    expect(row.exec(textOf('domains/shop/index.mdx') ?? '')?.slice(1)).toEqual([
      'ledger',
      '',
      '[[event\\|shop.order.placed@2.0]]',
    ]);
    expect(row.exec(textOf('domains/ledger/index.mdx') ?? '')?.slice(1)).toEqual([
      'shop',
      '[[event\\|shop.order.placed@2.0]]',
      '',
    ]);
  });

  it('depends on the contracts alone', () => {
    expect(eventCatalogOf(structuredClone(workspace))).toEqual(files);
  });

  it('shows the contracts of this repository', () => {
    const root = new URL('../..', import.meta.url).pathname;
    const { workspace: own } = load(folderReader(root, ['specs']));
    const pages = eventCatalogOf(own).filter((it) => it.path.endsWith('.mdx'));
    const messages = pages.filter((it) => /\/(events|commands)\//.test(it.path));
    expect(messages).toHaveLength(own.messages.length);
    expect(pages.filter((it) => /\/services\//.test(it.path))).toHaveLength(own.services.length);
    for (const { path, text } of messages) {
      expect(text, path).toContain('<SchemaViewer file="schema.json"');
      expect(text, path).toMatch(/## Examples?\n\n```json title="/);
    }
  });
});
