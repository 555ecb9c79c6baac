import { type SchemaPart, valuesOf } from '@chirograph/schema/combine';
import { type Aspect, shown } from './aspect.ts';

/** What a field says to people. */
export const documentation: Aspect = ({ base, head }) => {
  const said = (conjuncts: readonly SchemaPart[]) =>
    ['title', 'description'].flatMap((it) => valuesOf(conjuncts, it).map(shown)).join('\n');
  const deprecated = (conjuncts: readonly SchemaPart[]) => valuesOf(conjuncts, 'deprecated').includes(true);
  const [was, is] = [deprecated(base), deprecated(head)];
  return [
    ...(said(base) === said(head)
      ? []
      : [{ what: 'documentation-changed' as const, keywords: ['description', 'title'] }]),
    ...(was === is
      ? []
      : [
          {
            what: is ? ('field-deprecated' as const) : ('field-undeprecated' as const),
            keywords: ['deprecated'],
          },
        ]),
  ];
};
