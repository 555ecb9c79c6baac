import { compareVersions, type Message } from '@chirograph/contract/model';
import { layered, type Rooted } from '@chirograph/schema/combine';
import type { Change, SchemaEdit } from '../change.ts';
import type { Schemas } from '../schemas/aspect.ts';
import { undo, update } from '../schemas/undo.ts';
import type { States } from './affected-operations.ts';
import { holds } from './decide.ts';
import type { Direction } from './direction.ts';
import type { Advice } from './finding.ts';
import { fieldText } from './finding-of.ts';
import type { Terms } from './policy.ts';
import { exchangeOf, rootedIn } from './prove.ts';
import { suggestUpcast } from './suggest-upcast.ts';
import { isBare } from './suggested-upcast.ts';

/** The message that an advice is for, and what it must keep. */
export interface ChangedMessage {
  readonly states: States;
  readonly base: Message;
  readonly head: Message;
  readonly terms: Terms;
  readonly directions: readonly Direction[];
}

/** What is advised of a change. */
export type Adviser = (change: Change) => Advice;

/** A way to have the change without the break, to be tried before it is told. */
interface Remedy {
  readonly text: string;
  readonly schemas: Schemas | undefined;
}

/**
 * What keeps the changes of a message compatible, one by one. Each remedy is carried out on the schemas, every other
 * break undone, and told only when the engine proves that nothing breaks any more. A new version is the other way; it
 * takes in all changes at once, so it is told with the first of them.
 */
export function adviser(changed: ChangedMessage, changes: readonly Change[]): Adviser {
  const version = versionAdvice(changed, changes);
  let other: Pick<Advice, 'or'> = version.upcast ? { or: version } : {};
  return (change) => {
    const fix = fixAdvice(changed, change, changes);
    if (!fix) return version;
    const advice = { ...fix, ...other };
    other = {};
    return advice;
  };
}

/** What keeps a change compatible within the version. */
function fixAdvice(changed: ChangedMessage, change: Change, others: readonly Change[]): Advice | undefined {
  const { states, base, head } = changed;
  if (!change.edit) return undefined;
  const { part } = change.edit;
  const root = head[part];
  const former = rootedIn(states.base, base, part);
  for (const { text, schemas } of remedies(states, change, others)) {
    if (schemas === undefined || root === undefined) continue;
    if (isSafe(changed, former, { schemas, root })) return { kind: 'fix', text, checked: 'no break' };
  }
  return undefined;
}

function isSafe({ directions, terms }: ChangedMessage, former: Rooted, fixed: Rooted): boolean {
  return directions.every((direction) => holds(exchangeOf(direction, former, fixed, terms)));
}

function remedies(states: States, change: Change, others: readonly Change[]): Remedy[] {
  const sides = { base: states.base.schemas, head: states.head.schemas };
  const rest = others.flatMap((it) =>
    it !== change && it.edit && it.edit.part === change.edit?.part ? [it.edit] : [],
  );
  const alone = undo(rest, sides);
  const edit = change.edit;
  if (!alone || !edit) return [];
  const field = `\`${fieldText(change.field)}\``;
  const name = change.field.at(-1) ?? '';
  const what = change.code.slice(change.code.indexOf('/') + 1);
  switch (what) {
    case 'required-property-added':
      return [{ text: `leave ${field} optional`, schemas: withoutRequired(alone, edit, name) }];
    case 'property-made-required':
      return [
        {
          text: `leave ${field} optional and check it where it is needed`,
          schemas: undoAll(rest, edit, sides),
        },
      ];
    case 'property-made-optional':
      return [{ text: `keep sending ${field} always`, schemas: undoAll(rest, edit, sides) }];
    case 'required-property-removed':
      return [{ text: `keep sending ${field} beside its replacement`, schemas: undoAll(rest, edit, sides) }];
    case 'property-renamed':
      return [
        {
          text: `send both for a while: \`${change.field.at(-1)}\` as before, \`${change.to}\` beside it and optional`,
          schemas: undoAll(rest, { ...edit, entries: [name] }, sides, (schemas) =>
            withoutRequired(schemas, edit, change.to),
          ),
        },
      ];
    default:
      return [];
  }
}

/** The head with other changes undone, and this one too. */
function undoAll(
  rest: readonly SchemaEdit[],
  edit: SchemaEdit,
  sides: Parameters<typeof undo>[1],
  then: (schemas: Schemas) => Schemas = (it) => it,
): Schemas | undefined {
  const schemas = undo([...rest, edit], sides);
  return schemas && then(schemas);
}

function withoutRequired(schemas: Schemas, { head }: SchemaEdit, name: string): Schemas {
  const copy = layered(schemas);
  for (const place of head) {
    update(copy, place, (json) => ({
      ...json,
      ...(Array.isArray(json.required) && { required: json.required.filter((it) => it !== name) }),
    }));
  }
  return copy;
}

/**
 * A new version beside the old one. The old one stays unchanged, so nothing breaks; how the new one can read what was
 * written under the old one is tried.
 */
function versionAdvice(changed: ChangedMessage, changes: readonly Change[]): Advice {
  const { states, head } = changed;
  const next = nextVersion(states, head);
  const name = head.key.replace(/V\d+(_\d+)*$/, '');
  const beside = `add ${name} ${next} beside ${head.version}`;
  const upcast = suggestUpcast(changed, changes);
  if (!upcast) {
    return {
      kind: 'version',
      text: `${beside} with \`upcasts: [{ from: '${head.version}', function: true }]\` and an upcaster of your own`,
      checked: `${head.version} stays as it was, so nothing breaks`,
    };
  }
  return isBare(upcast)
    ? {
        kind: 'version',
        text: `${beside} with \`upcasts: [{ from: '${head.version}' }]\``,
        checked: `what ${head.version} allows, ${next} allows but for the version`,
        upcast,
      }
    : {
        kind: 'version',
        text: `${beside} with these \`upcasts\``,
        checked: `every ${head.version} becomes a valid ${next}`,
        upcast,
      };
}

/** The next major version that no message of this name has. */
function nextVersion({ base, head }: States, { domain, name }: Message): string {
  const versions = [...base.messages, ...head.messages]
    .filter((it) => it.domain === domain && it.name === name)
    .map((it) => it.version)
    .sort(compareVersions);
  const [major = '1', ...rest] = (versions.at(-1) ?? '1.0').split('.');
  return [Number(major) + 1, ...rest.map(() => 0)].join('.');
}
