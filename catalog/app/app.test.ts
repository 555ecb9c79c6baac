import { folderReader, load } from '@chirograph/contract/load';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogOf } from '../data/catalog-of.ts';
import { SCRIPT } from '../site/script.ts';
import { searchData, searchScript } from '../site/search-data.ts';
import { bundledScript } from './build.ts';
import { editDistance, searchOf } from './search.ts';

const root = new URL('../..', import.meta.url).pathname;
const catalog = catalogOf(load(folderReader(root, ['specs'])).workspace);
const data = searchData(catalog);
const search = searchOf(data);
const first = (question: string) => search(question).found[0]?.row.slice(1, 4);

describe('search', () => {
  it.each([
    ['shop.order.placed', ['shop.order.placed@1.0', 'Order placed', 'shop.order.placed']],
    ['order.placed', ['shop.order.placed@1.0', 'Order placed', 'shop.order.placed']],
    ['points earned', ['loyalty.points.earned@2.0', 'Points earned', 'loyalty.points.earned']],
    ['ponits erned', ['loyalty.points.earned@2.0', 'Points earned', 'loyalty.points.earned']],
    ['EVT-ORDER-001', ['shop.order.placed@1.0', 'Order placed', 'shop.order.placed']],
    ['loyalty squad', ['loyalty-squad', 'Loyalty Squad', '']],
  ])('finds %s', (question, row) => {
    expect(first(question)).toEqual(row);
  });

  it('finds by a field, and says which', () => {
    const { found } = search('totalPoints');
    expect(found[0]).toMatchObject({ field: 'totalPoints' });
    expect(found.every(({ row }) => row[1].startsWith('loyalty.'))).toBe(true);
  });

  it('narrows down by facets', () => {
    const { found, count } = search('order', { domain: 'shop', kind: 'command' });
    expect(count).toBeGreaterThan(3);
    expect(found.every(({ row }) => row[0] === 1 && data.domains[row[5]] === 'shop')).toBe(true);
    expect(search('', { personal: true }).count).toBeGreaterThan(0);
    expect(search('zzzzzz').count).toBe(0);
  });

  it('has every thing of the catalog once', () => {
    const { index } = catalog;
    const things = [index.messages, index.services, index.flows, index.channels, index.owners, index.domains];
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
