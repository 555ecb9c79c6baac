import type { Place } from '@chirograph/contract/diagnostics';
import type { Message, NodeId, Schema, Workspace } from '@chirograph/contract/model';
import { childPointer, isObject, type JsonValue } from '@chirograph/schema';
import { allOfParts, documentOf, type Rooted, type SchemaPart } from '@chirograph/schema/combine';
import type { Formats } from '@chirograph/schema/containment';
import { avroOf } from '../avro/avro-of.ts';
import { compareAvro } from '../avro/compare-avro.ts';
import type { Change, SchemaEdit } from '../change.ts';
import { contained } from '../judge/contained.ts';
import { rootedIn } from '../judge/prove.ts';
import { matters } from '../matters.ts';
import type { ChangeCode } from '../rules/rules.ts';
import { compareSchemas, type SchemaRemark } from '../schemas/compare-schemas.ts';
import { meaningOf } from '../schemas/signature.ts';
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
  const avro = compareInAvro({ base, head }, from, to, part);
  if (avro) return avro;
  const sides = { base: base.schemas, head: head.schemas };
  const root = {
    field: [],
    base: allOfParts(base.schemas, { $ref: before }),
    head: allOfParts(head.schemas, { $ref: after }),
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
  const remarks = withUnnamed(oncePerPlace(changes), { base, head }, from, to, part);
  const [dialect, newDialect] = [base.schemas[before]?.dialect, head.schemas[after]?.dialect];
  if (dialect === newDialect) return remarks;
  const places = { base: partOf(from, part), head: partOf(to, part) };
  return [
    changeOf(`${part}/dialect-changed`, subject, { ...places, from: dialect ?? '', to: newDialect ?? '' }),
    ...remarks.filter(({ edit }) => !isOfDialect(edit, base, head)),
  ];
}

/** Where either side is written in Avro. */
function compareInAvro(
  { base, head }: Pick<Matching, 'base' | 'head'>,
  from: Message,
  to: Message,
  part: 'payload' | 'headers',
): Change[] | undefined {
  const [before, after] = [avroOf(rootedIn(base, from, part)), avroOf(rootedIn(head, to, part))];
  if (!before && !after) return undefined;
  const subject = messageSubject(from, to);
  const places = { base: partOf(from, part), head: partOf(to, part) };
  const invalid = [before, after].find((it) => it?.kind === 'invalid');
  if (before?.kind !== 'read' || after?.kind !== 'read') {
    const reason = invalid
      ? `the Avro schema is not valid: ${invalid.reason}`
      : 'one state is described in Avro, the other in JSON Schema';
    return [changeOf(`${part}/undecided`, subject, { ...places, from: reason })];
  }
  const written = ({ schemas }: Workspace, message: Message) => {
    const schema = schemas[message[part] ?? ''];
    return { json: schema?.avro ?? null, at: schema?.at ?? partOf(message, part) };
  };
  return compareAvro({
    part,
    subject,
    base: { type: before.type, ...written(base, from) },
    head: { type: after.type, ...written(head, to) },
  });
}

/** Whether a keyword is written on both sides and counts on one of them: it is the dialect that has changed. */
function isOfDialect(edit: SchemaEdit | undefined, base: Workspace, head: Workspace): boolean {
  const ignored = ({ schemas }: Workspace, places: SchemaEdit['base']) =>
    places.flatMap(({ schema }) => schemas[schema]?.ignored ?? []);
  const words = edit ? [...ignored(base, edit.base), ...ignored(head, edit.head)] : [];
  return words.some(({ keyword }) => edit?.keywords.includes(keyword));
}

/**
 * Where schemas differ and no rule says in what, the whole is a change: the proof decides on it, and a comparison of fields
 * never decides whether it is asked.
 */
function withUnnamed(
  changes: Change[],
  { base, head }: Pick<Matching, 'base' | 'head'>,
  from: Message,
  to: Message,
  part: 'payload' | 'headers',
): Change[] {
  const weighty = changes.filter(matters);
  // Names of properties count even where they allow nothing new: they say what is sent.
  const isOfValues = weighty.every(({ code }) => OF_VALUES.test(code));
  if (weighty.length > 0 && !(isOfValues && weighty.some(({ code }) => code.includes('/alternative')))) {
    return changes;
  }
  if (saysTheSame(rootedIn(base, from, part), rootedIn(head, to, part))) {
    return changes.filter((it) => !matters(it));
  }
  if (weighty.length > 0) return changes;
  const json = ({ schemas }: Workspace, id: NodeId | undefined) =>
    JSON.parse(meaningOf(schemas, id === undefined ? true : schemas[id]?.json)) as JsonValue;
  const [before, after] = [json(base, from[part]), json(head, to[part])];
  const [was, is] = [valuesByKeyword(before), valuesByKeyword(after)];
  const keywords = [...new Set([...was.keys(), ...is.keys()])].filter((it) => was.get(it) !== is.get(it));
  if (keywords.length === 0 && JSON.stringify(before) === JSON.stringify(after)) return changes;
  const places = { base: partOf(from, part), head: partOf(to, part) };
  const text = keywords.length > 0 ? keywords.map((it) => `\`${it}\``).join(', ') : 'its structure';
  const subject = messageSubject(from, to);
  return [...changes, changeOf(`${part}/changed`, subject, { ...places, from: text, to: text })];
}

const OF_VALUES = /\/(alternatives?|type|null|enum|const)-/;

/** Whether two schemas accept the same values, proved, whatever their formats are taken to say. */
function saysTheSame(one: Rooted, other: Rooted): boolean {
  const [a, b] = [documentOf(one), documentOf(other)];
  return READINGS.every(
    (it) => contained(a, b, it).kind === 'contained' && contained(b, a, it).kind === 'contained',
  );
}

const READINGS: readonly Formats[] = ['assert', 'annotate'];

/** Every value of each key of a schema, wherever it stands. Where a key differs, what is below it is not looked at. */
function valuesByKeyword(json: JsonValue): ReadonlyMap<string, string> {
  const found = new Map<string, string[]>();
  const visit = (value: JsonValue): void => {
    if (Array.isArray(value)) for (const it of value as readonly JsonValue[]) visit(it);
    if (!isObject(value)) return;
    for (const [key, it] of Object.entries(value)) {
      if (isObject(it) || Array.isArray(it)) visit(it);
      else found.set(key, [...(found.get(key) ?? []), JSON.stringify(it)]);
    }
  };
  visit(json);
  return new Map([...found].map(([key, values]) => [key, values.sort().join()]));
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
function holdersOf(
  conjuncts: readonly SchemaPart[],
  remark: SchemaRemark,
  side: 'base' | 'head',
): SchemaPart[] {
  return conjuncts.filter(({ json }) =>
    remark.keywords.some((it) => entryAt(json, it, remark, side) !== undefined),
  );
}

/**
 * The schemas of a field, the one that the change is in first: it holds what is spoken of, or it is the same schema that
 * held it on the other side, or it holds the like.
 */
function firstOf(
  all: readonly SchemaPart[],
  holders: readonly SchemaPart[],
  others: readonly SchemaPart[],
): readonly SchemaPart[] {
  const isOther = (it: SchemaPart) =>
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
  conjunct: SchemaPart | undefined,
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
  json: SchemaPart['json'],
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
