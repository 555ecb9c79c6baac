import type { Place } from '@chirograph/contract/diagnostics';
import type { Message, Schema, Workspace } from '@chirograph/contract/model';
import { childPointer } from '@chirograph/schema';
import { type Conjunct, conjunctsOf } from '@chirograph/schema/combine';
import type { Change, SchemaEdit } from '../change.ts';
import type { ChangeCode } from '../rules/rules.ts';
import { compareSchemas, type SchemaRemark } from '../schemas/compare-schemas.ts';
import { changeOf, messageSubject, partOf } from './changing.ts';
import type { Matching } from './sides.ts';

/** The payload or the headers of a message, or of two versions of one. */
export function comparePart(
  { base, head }: Pick<Matching, 'base' | 'head'>,
  from: Message,
  to: Message,
  part: 'payload' | 'headers',
): Change[] {
  const [before, after] = [from[part], to[part]];
  const subject = messageSubject(from, to);
  if (before === undefined || after === undefined) {
    const code: ChangeCode = after === undefined ? `${part}/removed` : `${part}/added`;
    return [changeOf(code, subject, { base: partOf(from, part), head: partOf(to, part) })];
  }
  const sides = { base: base.schemas, head: head.schemas };
  const root = {
    field: [],
    base: conjunctsOf(base.schemas, before),
    head: conjunctsOf(head.schemas, after),
  };
  const changes = compareSchemas(root, sides).map((remark): Change => {
    const { what, pair, keywords, entries, field = pair.field, from: was = '', to: is = '' } = remark;
    const holders = {
      base: holdersOf(pair.base, remark, 'base'),
      head: holdersOf(pair.head, remark, 'head'),
    };
    const former = firstOf(pair.base, holders.base, holders.head);
    const now = firstOf(pair.head, holders.head, holders.base);
    const edit: SchemaEdit = {
      part,
      keywords,
      ...(entries && { entries }),
      base: former.map(({ schema, path }) => ({ schema, path })),
      head: now.map(({ schema, path }) => ({ schema, path })),
    };
    return {
      code: `${part}/${what}`,
      subject,
      field,
      from: was,
      to: is,
      base: placeOf(base, remark, former[0], 'base') ?? partOf(from, part),
      head: placeOf(head, remark, now[0], 'head') ?? partOf(to, part),
      edit,
    };
  });
  const remarks = oncePerPlace(changes);
  const [dialect, newDialect] = [base.schemas[before]?.dialect, head.schemas[after]?.dialect];
  if (dialect === newDialect) return remarks;
  const places = { base: partOf(from, part), head: partOf(to, part) };
  return [
    changeOf(`${part}/dialect-changed`, subject, { ...places, from: dialect ?? '', to: newDialect ?? '' }),
    ...remarks,
  ];
}

/** A definition that a message uses twice has changed once: the first of its fields stands for all. */
function oncePerPlace(changes: readonly Change[]): Change[] {
  const place = (at: Place | undefined) => `${at?.file}#${at?.pointer}`;
  const key = ({ code, base, head, from, to }: Change) =>
    [code, place(base), place(head), from, to].join(' ');
  const seen = new Map<string, Change>();
  for (const change of changes) if (!seen.has(key(change))) seen.set(key(change), change);
  return [...seen.values()];
}

/** The schemas that say what a remark is about. */
function holdersOf(conjuncts: readonly Conjunct[], remark: SchemaRemark, side: 'base' | 'head'): Conjunct[] {
  return conjuncts.filter(({ json }) =>
    remark.keywords.some((it) => entryAt(json, it, remark, side) !== undefined),
  );
}

/**
 * The schemas of a field, the one that the change is in first: it holds what is spoken of, or it is the same schema that
 * held it on the other side, or it holds the like.
 */
function firstOf(
  all: readonly Conjunct[],
  holders: readonly Conjunct[],
  others: readonly Conjunct[],
): readonly Conjunct[] {
  const isOther = (it: Conjunct) =>
    others.some(({ schema, path }) => schema === it.schema && path.join('/') === it.path.join('/'));
  const first =
    holders[0] ??
    all.find(isOther) ??
    all.find(({ json }) => json.$ref === undefined && json.type !== undefined);
  return first ? [first, ...all.filter((it) => it !== first)] : all;
}

/** Where a keyword, or an entry of one, is written in a schema; where it is not, the schema itself. */
function placeOf(
  { schemas }: Workspace,
  remark: SchemaRemark,
  conjunct: Conjunct | undefined,
  side: 'base' | 'head',
): Place | undefined {
  const owner = conjunct && schemas[conjunct.schema];
  if (!owner) return undefined;
  for (const keyword of remark.keywords) {
    const entry = entryAt(conjunct.json, keyword, remark, side);
    if (entry === undefined) continue;
    const place = within(owner, [...conjunct.path, keyword, ...entry]);
    return typeof entry[0] === 'string' ? { ...place, part: 'key' } : place;
  }
  return { ...within(owner, conjunct.path), part: 'key' };
}

/** The path below a keyword to what a remark is about; undefined where the schema does not say it. */
function entryAt(
  json: Conjunct['json'],
  keyword: string,
  { entries }: SchemaRemark,
  side: 'base' | 'head',
): readonly (string | number)[] | undefined {
  const value = json[keyword];
  if (value === undefined) return undefined;
  if (entries === undefined || keyword === 'enum' || keyword === 'const') return [];
  const entry = entries.length === 2 ? entries[side === 'base' ? 0 : 1] : entries[0];
  if (entry === undefined) return [];
  if (Array.isArray(value)) {
    const index = value.indexOf(entry);
    return index < 0 ? undefined : [index];
  }
  return typeof value === 'object' && value !== null && Object.hasOwn(value, entry) ? [entry] : undefined;
}

function within({ at }: Schema, path: readonly (string | number)[]): Place {
  return { file: at.file, pointer: childPointer(at.pointer, ...path) };
}
