import { folderReader, load } from '@chirograph/contract/load';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogOf } from '../data/catalog-of.ts';
import { SCRIPT } from '../site/script.ts';
import { searchData, searchScript } from '../site/search-data.ts';
import { addressOf } from '../site/search-row.ts';
import { bundledScript } from './build.ts';
import { editDistance, searchOf } from './search.ts';

const root = new URL('../..', import.meta.url).pathname;
const catalog = catalogOf(load(folderReader(root, ['specs'])).workspace);
const data = searchData(catalog);
const search = searchOf(data);
const first = (question: string) => {
  const row = search(question).found[0]?.row;
  return row && [addressOf(row), row[2], row[3]];
};

describe('search', () => {
  it.each([
    ['shop.order.placed', ['messages/shop.order.placed@1.0', 'Order placed', 'shop.order.placed']],
    ['order.placed', ['messages/shop.order.placed@1.0', 'Order placed', 'shop.order.placed']],
    ['points earned', ['messages/loyalty.points.earned@2.0', 'Points earned', 'loyalty.points.earned']],
    ['ponits erned', ['messages/loyalty.points.earned@2.0', 'Points earned', 'loyalty.points.earned']],
    ['EVT-ORDER-001', ['messages/shop.order.placed@1.0', 'Order placed', 'shop.order.placed']],
    ['loyalty squad', ['owners/loyalty-squad', 'Loyalty Squad', '']],
  ])('finds %s', (question, row) => {
    expect(first(question)).toEqual(row);
  });

  it.each(['payment failed', 'payment fails', 'payments failing'])(
    'finds the flow in which it does: %s',
    (question) => {
      const titles = search(question).found.map(({ row }) => row[2]);
      expect(titles).toContain('An order whose payment fails');
    },
  );

  it('finds by a field, and says which', () => {
    const { found } = search('totalPoints');
    expect(found[0]).toMatchObject({ field: 'totalPoints' });
    expect(found.every(({ row }) => row[3].startsWith('loyalty.'))).toBe(true);
  });

  it('narrows down by facets', () => {
    const { found, count } = search('order', { domain: 'shop', kind: 'command' });
    expect(count).toBeGreaterThan(3);
    expect(found.every(({ row }) => row[0] === 1 && data.domains[row[5]] === 'shop')).toBe(true);
    expect(search('', { personal: true }).count).toBeGreaterThan(0);
    expect(search('zzzzzz').count).toBe(0);
  });

  it('has every thing of the catalog once, save channels that are called as their message', () => {
    const { index } = catalog;
    const names = new Set(index.messages.map((it) => it.name));
    const channels = index.channels.filter((it) => !names.has(it.title));
    const things = [index.messages, index.services, index.flows, channels, index.owners, index.domains];
    const addresses = new Set(data.rows.map(addressOf));
    expect(addresses).toEqual(new Set(things.flatMap((rows) => rows.map(({ id }) => id))));
    expect(data.rows).toHaveLength(things.reduce((sum, it) => sum + it.length, 0));
  });
});

it('counts the letters that differ', () => {
  expect([
    editDistance('points', 'ponits', 2),
    editDistance('abc', 'abd', 1),
    editDistance('a', 'abcd', 2),
  ]).toEqual([1, 1, 3]);
  const text = fc.string({ maxLength: 8 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(editDistance(a, a, 2)).toBe(0);
      expect(editDistance(a, b, 9)).toBe(editDistance(b, a, 9));
      expect(editDistance(a, b, 2)).toBe(Math.min(editDistance(a, b, 9), 3));
    }),
  );
});

it('hands its data over as a script', () => {
  const script = searchScript({ ...data, fields: ['\u2028</script>'] });
  expect(script).not.toContain('\u2028');
  const scope: { catalogSearch?: unknown } = {};
  new Function('globalThis', script)(scope);
  expect(scope.catalogSearch).toEqual({ ...data, fields: ['\u2028</script>'] });
});

it('is bundled as it is written', async () => {
  expect(SCRIPT).toBe(await bundledScript());
  expect(SCRIPT.length).toBeLessThan(80_000);
});
