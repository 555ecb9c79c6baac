import type { ChangeCode, Place } from '../../diagnostics/index.ts';
import type { Message, NodeId, Schema, Workspace } from '../../model/index.ts';
import { childPointer } from '../../source/index.ts';
import type { Change, SchemaEdit } from '../change.ts';
import { compareSchemas, type SchemaRemark } from '../schemas/compare-schemas.ts';
import { type Conjunct, conjunctsOf } from '../schemas/schemas.ts';
import { signatures } from '../schemas/signature.ts';
import { changeOf, channelLabel, keyOf, messageLabel, messageSubject, partOf } from './changing.ts';
import { compareBindings } from './compare-bindings.ts';
import { compareContracts } from './compare-contracts.ts';
import type { Matching } from './sides.ts';

/** Messages that came and went, and what became of those that stayed. */
export function compareMessages(matching: Matching): Change[] {
  const { messages, base, head } = matching;
  const sameName = (workspace: Workspace, { domain, name }: Message) =>
    workspace.messages.some((it) => it.domain === domain && it.name === name);
  const [baseSignature, headSignature] = [signatures(base.schemas), signatures(head.schemas)];
  const unchanged = (from: NodeId | undefined, to: NodeId | undefined) =>
    from === undefined || to === undefined ? from === to : baseSignature(from) === headSignature(to);
  const carriers = { base: channelsByMessage(base), head: channelsByMessage(head) };
  /** A version that is gone takes its upcast with it. */
  const isToldByVersion = ({ code, from }: Change, { domain, name }: Message) =>
    code === 'message/upcast-removed' &&
    messages.gone.some((it) => it.domain === domain && it.name === name && it.version === from);
  return [
    ...messages.came.map((it) =>
      changeOf(
        sameName(base, it) ? 'message/version-added' : 'message/added',
        messageSubject(undefined, it),
        {
          head: keyOf(it),
        },
      ),
    ),
    ...messages.gone.map((it) => {
      const subject = messageSubject(it, undefined);
      if (!sameName(head, it)) return changeOf('message/removed', subject, { base: keyOf(it) });
      const next = messages.came.find(({ id, name }) => id === it.id && name === it.name);
      if (!next) return changeOf('message/version-removed', subject, { base: keyOf(it) });
      const [before, after] = [it, next].map((version) => partOf(version, 'x-contract', 'version'));
      return changeOf('message/version-removed', subject, {
        base: before,
        head: after,
        to: messageLabel(next),
      });
    }),
    ...messages.both.flatMap(({ base: from, head: to }) => [
      ...compareCarriers(matching, from, to, carriers),
      ...compareContracts(from, to).filter((it) => !isToldByVersion(it, to)),
      ...compareBindings(from, to, messageSubject(from, to)),
      ...compareForeign(from, to),
      ...(['payload', 'headers'] as const).flatMap((part) =>
        unchanged(from[part], to[part]) || isForeign(part, from, to)
          ? []
          : compareParts(matching, from, to, part),
      ),
    ]),
  ];
}

/** Where one side is not read, its absence from the model says nothing. */
function isForeign(part: 'payload' | 'headers', from: Message, to: Message): boolean {
  return part === 'payload' && (from.foreignPayload !== undefined || to.foreignPayload !== undefined);
}

type Carriers = ReadonlyMap<
  NodeId,
  readonly { readonly id: NodeId; readonly label: string; readonly at: Place }[]
>;

function channelsByMessage({ channels }: Workspace): Carriers {
  const found = new Map<NodeId, { id: NodeId; label: string; at: Place }[]>();
  for (const channel of channels) {
    for (const message of channel.messages) {
      const known = found.get(message) ?? [];
      found.set(message, [...known, { id: channel.id, label: channelLabel(channel), at: keyOf(channel) }]);
    }
  }
  return found;
}

/** Where a message goes. */
function compareCarriers(
  { channelOf }: Matching,
  from: Message,
  to: Message,
  carriers: { readonly base: Carriers; readonly head: Carriers },
): Change[] {
  const [before, after] = [carriers.base.get(from.id) ?? [], carriers.head.get(to.id) ?? []];
  const was = new Set(before.map(({ id }) => channelOf('base', id)));
  const is = new Set(after.map(({ id }) => channelOf('head', id)));
  const left = before.filter(({ id }) => !is.has(channelOf('base', id)));
  const joined = after.filter(({ id }) => !was.has(channelOf('head', id)));
  const subject = messageSubject(from, to);
  if (left.length === 1 && joined.length === 1) {
    return [
      changeOf('message/channel-moved', subject, {
        from: left[0]!.label,
        to: joined[0]!.label,
        base: left[0]!.at,
        head: joined[0]!.at,
      }),
    ];
  }
  return [
    ...joined.map(({ label, at }) => changeOf('message/channel-added', subject, { to: label, head: at })),
    ...left.map(({ label, at }) =>
      changeOf('message/channel-removed', subject, { from: label, base: at, head: keyOf(to) }),
    ),
  ];
}

/** Payloads in languages that are not read: that they changed is all that can be said. */
function compareForeign(from: Message, to: Message): Change[] {
  if (from.foreignPayload === to.foreignPayload) return [];
  const places = { base: partOf(from, 'payload'), head: partOf(to, 'payload') };
  const reason = 'its schema is, or was, in a language that is not read';
  return [changeOf('payload/undecided', messageSubject(from, to), { ...places, from: reason })];
}

/** The payload or the headers of a message, or of two versions of one. */
export function compareParts(
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
