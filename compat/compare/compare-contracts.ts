import {
  type CONTRACT_KEYS,
  ENVELOPE_PARTS,
  type Message,
  type MessagePath,
} from '@chirograph/contract/model';
import { joinPointer } from '@chirograph/schema';
import type { Change } from '../change.ts';
import type { ChangeCode } from '../rules/rules.ts';
import { ContractChanges } from './contract-changes.ts';
import { durationText, retryText } from './durations.ts';

/**
 * What `x-contract` and the message itself say beside the schemas.
 * @param leadsOn whether a version still becomes this one, by way of others
 */
export function compareContracts(
  base: Message,
  head: Message,
  leadsOn: (version: string) => boolean,
): Change[] {
  const found = new ContractChanges(base, head);
  // A place is no key.
  if (base.naming !== 'place' || head.naming !== 'place')
    found.value('message/key-renamed', [], base.key, head.key);
  if (mediaType(base) !== mediaType(head)) {
    found.value('message/content-type-changed', ['contentType'], base.contentType, head.contentType);
  }
  // What stands for a name that is not written is not on the wire.
  const isNamed = base.naming === undefined && head.naming === undefined;
  if (isNamed) found.value('message/renamed', ['name'], base.name, head.name);
  found.value('message/documentation-changed', ['summary'], documentation(base), documentation(head));
  found.optional(
    { added: 'correlation/added', removed: 'correlation/removed', changed: 'correlation/moved' },
    ['correlationId'],
    pathText(base.correlationId),
    pathText(head.correlationId),
  );
  for (const compareKey of Object.values(COMPARISONS)) compareKey?.(found, base, head, leadsOn);
  return found.changes;
}

type Comparison = (
  found: ContractChanges,
  base: Message,
  head: Message,
  leadsOn: (version: string) => boolean,
) => void;

/** What a change of each key of `x-contract` is; undefined where one is no change of the contract. */
const COMPARISONS: Readonly<Record<keyof typeof CONTRACT_KEYS, Comparison | undefined>> = {
  kind: (found, base, head) =>
    found.value('message/kind-changed', ['x-contract', 'kind'], base.kind, head.kind),
  // What messages are matched by: another version is another message.
  version: undefined,
  // Words for people.
  reference: undefined,
  trigger: undefined,
  outcome: undefined,
  aggregate: (found, { contract: base }, { contract: head }) =>
    found.value(
      'message/aggregate-changed',
      ['x-contract', 'aggregate'],
      base.aggregate ?? 'none',
      head.aggregate ?? 'none',
    ),
  envelope: compareEnvelope,
  orderingKey: (found, { contract: base }, { contract: head }) =>
    found.optional(
      { added: 'ordering-key/added', removed: 'ordering-key/removed', changed: 'ordering-key/changed' },
      ['x-contract', 'orderingKey'],
      pathText(base.orderingKey),
      pathText(head.orderingKey),
    ),
  identity: compareIdentity,
  invariants: (found, { contract: base }, { contract: head }) =>
    found.list(
      { added: 'invariant/added', removed: 'invariant/removed' },
      ['x-contract', 'invariants'],
      base.invariants,
      head.invariants,
    ),
  failures: (found, { contract: base }, { contract: head }) =>
    found.list(
      { added: 'command/failure-added', removed: 'command/failure-removed' },
      ['x-contract', 'failures'],
      base.failures,
      head.failures,
    ),
  leadsTo: (found, { contract: base }, { contract: head }) =>
    found.list(
      { added: 'command/outcome-added', removed: 'command/outcome-removed' },
      ['x-contract', 'leadsTo'],
      base.leadsTo,
      head.leadsTo,
    ),
  retry: (found, { contract: base }, { contract: head }) => {
    const [before = 0, after = 0] = [base, head].map(({ retry }) => retry?.delays.length);
    const code = after < before ? 'retry/shortened' : 'retry/lengthened';
    found.value(code, ['x-contract', 'retry'], retryText(base.retry), retryText(head.retry));
  },
  retention: (found, { contract: base }, { contract: head }) =>
    found.amount(
      { raised: 'retention/lengthened', lowered: 'retention/shortened' },
      ['x-contract', 'retention'],
      base.retention,
      head.retention,
      (time) => (time === undefined ? 'unspecified' : durationText(time)),
    ),
  volume: (found, { contract: base }, { contract: head }) =>
    found.amount(
      { raised: 'volume/raised', lowered: 'volume/lowered' },
      ['x-contract', 'volume'],
      base.volume?.perDay,
      head.volume?.perDay,
      (count) => (count === undefined ? 'unspecified' : `${count} a day`),
    ),
  deprecation: (found, base, head) => {
    const [was, is] = [base, head].map((it) => it.deprecated || it.contract.deprecation !== undefined);
    if (was !== is)
      found.say(is ? 'message/deprecated' : 'message/undeprecated', ['x-contract', 'deprecated']);
  },
  upcasts: compareUpcasts,
};

function compareIdentity(found: ContractChanges, base: Message, head: Message): void {
  const [from = [], to = []] = [base, head].map(({ contract }) =>
    contract.identity.map((path) => pathText(path) ?? '').sort(),
  );
  if (from.join() === to.join()) return;
  const code: ChangeCode =
    from.length === 0
      ? 'identity/added'
      : to.length === 0
        ? 'identity/removed'
        : to.every((it) => from.includes(it))
          ? 'identity/coarsened'
          : from.every((it) => to.includes(it))
            ? 'identity/refined'
            : 'identity/changed';
  found.say(code, ['x-contract', 'identity'], from.join(' and '), to.join(' and '));
}

function compareEnvelope(found: ContractChanges, base: Message, head: Message): void {
  for (const part of ENVELOPE_PARTS) {
    const [from, to] = [base, head].map(({ contract }) => pathText(contract.envelope[part]));
    found.optional(
      { added: 'envelope/part-added', removed: 'envelope/part-removed', changed: 'envelope/part-moved' },
      ['x-contract', 'envelope', part],
      from && `${part} at ${from}`,
      to && `${part} at ${to}`,
    );
  }
}

function compareUpcasts(
  found: ContractChanges,
  base: Message,
  head: Message,
  leadsOn: (version: string) => boolean,
): void {
  const steps = (message: Message) =>
    new Map(
      message.contract.upcasts.map(({ at: _, ...upcast }, index) => [
        upcast.from,
        { index, text: JSON.stringify(upcast) },
      ]),
    );
  const [before, after] = [steps(base), steps(head)];
  for (const [version, { index, text }] of after) {
    const former = before.get(version);
    const path = ['x-contract', 'upcasts', index];
    if (!former) found.say('message/upcast-added', path, undefined, version);
    else if (former.text !== text)
      found.say('message/upcast-changed', path, version, version, [former.text, text]);
  }
  for (const version of before.keys()) {
    if (after.has(version)) continue;
    const path = ['x-contract', 'upcasts'];
    if (leadsOn(version)) found.say('message/upcast-changed', path, version, version);
    else found.say('message/upcast-removed', path, version);
  }
}

/** A content type as the wire has it: JSON has no charset (RFC 8259, section 11), and names are of any case (RFC 9110, 8.3). */
function mediaType({ contentType }: Message): string {
  const [type = '', ...parameters] = contentType.split(';').map((it) => it.trim());
  const isJson = /^application\/(.*\+)?json$/i.test(type);
  const kept = parameters.filter((it) => it !== '' && !(isJson && /^charset\s*=/i.test(it)));
  return [type.toLowerCase(), ...kept.sort()].join(';');
}

function documentation({ title, summary, description }: Message): string {
  return [title, summary, description].join('\n');
}

/** A place in a message as a contract writes it. */
function pathText(path: MessagePath | undefined): string | undefined {
  if (!path) return undefined;
  return path.in === 'headers' ? `header ${path.path.join('.')}` : joinPointer(path.path);
}
