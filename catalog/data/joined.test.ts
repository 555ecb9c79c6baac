import { load, memoryReader } from '@chirograph/contract/load';
import { consumersOf, identitiesOf, sendersOf } from '@chirograph/contract/model';
import { describe, expect, it } from 'vitest';
import { ESTATES } from '../../contract/model/meeting/estates.ts';
import { eventCatalogOf } from '../eventcatalog/eventcatalog-of.ts';
import { catalogOf } from './catalog-of.ts';

const OWN = `
asyncapi: 3.0.0
info: { title: Orders, version: 1.0.0 }
channels:
  placed:
    address: order.{region}.placed
    parameters: { region: {} }
    messages:
      OrderPlaced:
        name: order.placed
        payload: { type: object, required: [id], properties: { id: { type: string }, note: { type: string }, vat: { type: number } } }
operations:
  sendPlaced: { action: send, channel: { $ref: '#/channels/placed' } }
`;

const COPY = `
asyncapi: 2.6.0
info: { title: Billing, version: 1.0.0 }
channels:
  order.{area}.placed:
    parameters: { area: { schema: { type: string } } }
    publish:
      operationId: onOrder
      message: { name: order.placed, payload: { type: object, properties: { id: { type: string } } } }
`;

const OLDER = `
asyncapi: 3.0.0
info: { title: Archive, version: 1.0.0 }
channels:
  placed:
    address: order.{region}.placed
    parameters: { region: {} }
    messages:
      OrderPlaced: { name: order.placed, x-contract: { version: '0.9' }, payload: { type: object } }
operations:
  onPlaced: { action: receive, channel: { $ref: '#/channels/placed' } }
`;

const files = {
  'specs/archive/archive.asyncapi.yaml': OLDER,
  'specs/billing/billing.asyncapi.yaml': COPY,
  'specs/orders/orders.asyncapi.yaml': OWN.replace(
    'name: order.placed',
    "name: order.placed\n        x-contract: { version: '1.0' }",
  ),
};

describe('a message that several documents describe', () => {
  const { workspace } = load(memoryReader(files));
  const catalog = catalogOf(workspace);

  it('is one message on one channel, as its sender describes it', () => {
    expect(catalog.index.messages.map((it) => `${it.id} ${it.senders} ${it.receivers}`)).toEqual([
      'messages/archive.order.placed@0.9 1 1',
      'messages/orders.order.placed@1.0 1 2',
    ]);
    expect(catalog.index.channels.map((it) => [it.id, it.messages])).toEqual([
      ['channels/orders.order.-region-.placed', 2],
    ]);
  });

  it('names each reader, where its own description is, and what that leaves out', () => {
    const { receivers, senders } = catalog.message('messages/orders.order.placed@1.0') ?? {};
    expect(senders?.map((it) => [it.service.title, it.copy])).toEqual([['Orders', undefined]]);
    expect(receivers?.map((it) => [it.service.title, it.copy])).toEqual([
      [
        'Billing',
        {
          written: { file: 'specs/billing/billing.asyncapi.yaml', line: 9 },
          version: '1.0',
          leavesOut: ['note', 'vat'],
        },
      ],
      [
        'Archive',
        {
          written: { file: 'specs/archive/archive.asyncapi.yaml', line: 9 },
          page: { to: 'messages/archive.order.placed@0.9', title: 'Order placed' },
          version: '0.9',
          leavesOut: [],
        },
      ],
    ]);
  });

  it('is one page of EventCatalog', () => {
    const pages = eventCatalogOf(workspace).map((it) => it.path);
    expect(pages.filter((it) => it.includes('/events/') && it.endsWith('index.mdx'))).toEqual([
      'domains/archive/events/archive.order.placed/index.mdx',
      'domains/orders/events/orders.order.placed/index.mdx',
    ]);
  });
});

describe('who sends and who receives', () => {
  // `list`, `why`, `compat` and the catalog give one answer: this one holds the catalog to that of the model.
  it.each(ESTATES.map((it) => [it.why, it.files] as const))('%s', (_, contracts) => {
    const { workspace } = load(memoryReader(contracts));
    const catalog = catalogOf(workspace);
    const shown = catalog.index.messages.map(({ id }) => {
      const { name, version, senders = [], receivers = [] } = catalog.message(id) ?? {};
      const titles = (list: typeof senders) => [...new Set(list.map((it) => it.service.to))].sort();
      return [`${name} ${version}`, titles(senders), titles(receivers)];
    });
    const known = identitiesOf(workspace).map(({ message: { id, name, version } }) => {
      const titles = (services: ReturnType<typeof sendersOf>) =>
        services.map((it) => `services/${it.domain}.${it.name}`).sort();
      return [`${name} ${version}`, titles(sendersOf(workspace, id)), titles(consumersOf(workspace, id))];
    });
    const sorted = (rows: unknown[]) => rows.map((it) => JSON.stringify(it)).sort();
    expect(sorted(shown)).toEqual(sorted(known));
  });
});
