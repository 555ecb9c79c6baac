/**
 * Where readers do not give the right answer, or none, and why that is so. A row holds for the groups whose name begins
 * with `where` (`suite/ref | Recursive references`), for the drafts that it names, or all.
 */
export interface Row {
  readonly where: string;
  readonly drafts?: readonly string[];
  readonly readers: readonly string[];
  readonly because: string;
}

const ALL = ['engine', 'evaluator', 'generated', 'mock', 'compat', 'engine on payload'];
const LOADED = ALL.filter((it) => it !== 'engine');

export const DISAGREEMENTS: readonly Row[] = [
  {
    where: 'suite/optional/content',
    drafts: ['draft-07'],
    readers: ALL,
    because: 'content keywords are annotations; validators may assert them, and ours do not',
  },
  {
    where: 'suite/optional/zeroTerminatedFloats',
    drafts: ['draft-04'],
    readers: ALL,
    because: 'a parsed 1.0 is the number 1, as it is for every JavaScript program',
  },
  {
    where: 'suite/optional/ecmascript-regex | \\a is not',
    drafts: ['2020-12'],
    readers: ['engine'],
    because:
      'nothing matches a pattern that is no regular expression, so the engine holds its schema for empty',
  },
  {
    where: 'suite/dynamicRef',
    readers: LOADED,
    because: 'contracts: a dynamic reference is read as it stands, without regard to the way to it',
  },
  { where: 'suite/recursiveRef', readers: LOADED, because: 'contracts: as for $dynamicRef' },
];

/** Why a reader gives no answer: how its reason begins. */
export const SILENCES: readonly { readonly reason: RegExp; readonly because: string }[] = [
  { reason: /^(no schema$|reference\/)/, because: 'an unresolved reference, which `validate` reports' },
  { reason: /Ajv confirms none of the values found/, because: 'the engine found a witness that Ajv denies' },
  { reason: /does not resolve/, because: 'a reference out of the document: nothing is fetched' },
];
