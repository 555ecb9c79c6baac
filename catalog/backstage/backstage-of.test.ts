import { load, memoryReader } from '@chirograph/contract/load';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { FIXTURE } from '../fixture.ts';
import { backstageOf } from './backstage-of.ts';

interface Entity {
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly spec: Readonly<Record<string, unknown>>;
}

const exported = (files: Readonly<Record<string, string>>) =>
  backstageOf(load(memoryReader(files)).workspace);
const entitiesIn = (files: ReturnType<typeof exported>, path: string) =>
  loadAll(files.find((it) => it.path === path)?.text ?? '') as Entity[];
const named = (entities: readonly Entity[], kind: string, name: string) =>
  entities.find((it) => it.kind === kind && it.metadata.name === name);

describe('the export for Backstage', () => {
  const files = exported(FIXTURE);

  it('is one file to register, one a domain, and each document', () => {
    expect(files.map((it) => it.path)).toEqual([
      'catalog-info.yaml',
      'ledger/book.asyncapi.yaml',
      'ledger/catalog-info.yaml',
      'shop/catalog-info.yaml',
      'shop/order.asyncapi.yaml',
    ]);
    expect(entitiesIn(files, 'catalog-info.yaml')[0]).toMatchObject({
      kind: 'Location',
      spec: { targets: ['./ledger/catalog-info.yaml', './shop/catalog-info.yaml'] },
    });
  });

  it('describes a service as a component with an API, in the system of its domain', () => {
    const shop = entitiesIn(files, 'shop/catalog-info.yaml');
    expect(shop.map((it) => it.kind)).toEqual(['System', 'API', 'Component']);
    expect(named(shop, 'System', 'shop')?.spec).toEqual({ owner: 'order-crew' });
    expect(named(shop, 'API', 'shop-order')).toMatchObject({
      metadata: { title: 'Order Service', description: 'Takes orders.' },
      spec: {
        type: 'asyncapi',
        owner: 'order-crew',
        system: 'shop',
        definition: { $text: './order.asyncapi.yaml' },
      },
    });
  });

  it('says whose API a service uses, in whatever domain', () => {
    const book = named(entitiesIn(files, 'ledger/catalog-info.yaml'), 'Component', 'ledger-book');
    expect(book?.spec).toMatchObject({
      owner: 'unknown',
      providesApis: ['ledger-book'],
      consumesApis: ['shop-order'],
    });
  });

  it('puts into each document what it refers to', () => {
    const text = files.find((it) => it.path === 'ledger/book.asyncapi.yaml')?.text ?? '';
    expect(load(memoryReader({ 'specs/a/book.asyncapi.yaml': text })).diagnostics).toEqual([]);
  });
});

it('joins a sender of commands to their receiver, and one who asks to the one who answers', () => {
  const document = (title: string, action: string, more = '') => `
asyncapi: 3.0.0
info: { title: ${title}, version: 1.0.0 }
channels:
  asks: { address: stock.ask, messages: { Ask: { name: stock.ask, x-contract: { kind: command }, payload: {} } } }
  answers: { address: stock.answer, messages: { Answer: { name: stock.answer, payload: {} } } }
operations:
  ask: { action: ${action}, channel: { $ref: '#/channels/asks' }${more} }
`;
  const reply = ", reply: { channel: { $ref: '#/channels/answers' } }";
  const files = exported({
    'specs/shop/cart.asyncapi.yaml': document('Cart', 'send', reply),
    'specs/shop/stock.asyncapi.yaml': document('Stock', 'receive', reply),
  });
  const entities = entitiesIn(files, 'shop/catalog-info.yaml');
  expect(named(entities, 'Component', 'shop-cart')?.spec.consumesApis).toEqual(['shop-stock']);
  expect(named(entities, 'Component', 'shop-stock')?.spec).not.toHaveProperty('consumesApis');
});

it('gives every entity a name that Backstage takes, and no two the same', () => {
  const document = (title: string) => `{ asyncapi: 3.0.0, info: { title: "${title}", version: 1.0.0 } }`;
  const long = 'a'.repeat(70);
  const files = exported({
    [`specs/${long}/${long}.asyncapi.yaml`]: document('One'),
    [`specs/${long}/${long}b.asyncapi.yaml`]: document('Two'),
    'specs/Größe/Straße.asyncapi.yaml': document('Three'),
    'specs/größe/straße.asyncapi.yaml': document('Four'),
  });
  const entities = files
    .filter((it) => it.path.endsWith('catalog-info.yaml'))
    .flatMap((it) => entitiesIn(files, it.path));
  const keys = entities.map((it) => `${it.kind} ${it.metadata.name}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { metadata } of entities) expect(metadata.name).toMatch(/^(?=.{1,63}$)[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(new Set(files.map((it) => it.path)).size).toBe(files.length);
});
