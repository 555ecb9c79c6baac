import { type SchemaPart, tupleSize, valuesOf } from '@chirograph/schema/combine';
import type { Aspect, Remark } from './aspect.ts';
import { meaningKey } from './signature.ts';

/** What the items of lists are. */
export const lists: Aspect = ({ base, head, field }, sides) => {
  const remarks: Remark[] = [];
  const [unique, isUnique] = [valuesOf(base, 'uniqueItems'), valuesOf(head, 'uniqueItems')].map((it) =>
    it.includes(true),
  );
  if (!unique && isUnique) remarks.push({ what: 'unique-items-added', keywords: ['uniqueItems'] });
  if (unique && !isUnique) remarks.push({ what: 'unique-items-removed', keywords: ['uniqueItems'] });

  const [described, isDescribed] = [hasItems(base), hasItems(head)];
  if (!described && isDescribed) remarks.push({ what: 'items-added', keywords: ['items'] });
  if (described && !isDescribed) remarks.push({ what: 'items-removed', keywords: ['items'] });

  const [size, newSize] = [tupleSize(base), tupleSize(head)];
  for (let index = Math.min(size, newSize); index < Math.max(size, newSize); index += 1) {
    remarks.push({
      what: newSize > size ? 'tuple-item-added' : 'tuple-item-removed',
      keywords: ['items', 'prefixItems', 'additionalItems'],
      field: [...field, `[${index}]`],
    });
  }

  const KEYWORDS = ['contains', 'minContains', 'maxContains'];
  const wanted = (conjuncts: readonly SchemaPart[]) => KEYWORDS.flatMap((it) => valuesOf(conjuncts, it));
  const [contained, contains] = [meaningKey(sides.base, wanted(base)), meaningKey(sides.head, wanted(head))];
  if (contained !== contains) {
    const what =
      contained === '[]' ? 'contains-added' : contains === '[]' ? 'contains-removed' : 'contains-changed';
    remarks.push({ what, keywords: KEYWORDS });
  }
  return remarks;
};

function hasItems(conjuncts: readonly SchemaPart[]): boolean {
  return valuesOf(conjuncts, 'items').some((it) => !Array.isArray(it) && it !== true);
}
