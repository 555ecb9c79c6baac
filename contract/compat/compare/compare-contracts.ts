import type { ChangeCode } from '../../diagnostics/index.ts';
import { ENVELOPE_PARTS, type Message, type MessagePath } from '../../model/index.ts';
import { joinPointer } from '../../source/index.ts';
import type { Change } from '../change.ts';
import { changeOf, messageSubject, partOf } from './changing.ts';
import { durationText, retryText } from './durations.ts';

/** What `x-contract` and the message itself say beside the schemas. */
export function compareContracts(base: Message, head: Message): Change[] {
  const changes: Change[] = [];
  const say = (
    code: ChangeCode,
    path: readonly (string | number)[],
    from: string | undefined,
    to: string | undefined,
  ) =>
    changes.push(
      changeOf(code, messageSubject(base, head), {
        from: from ?? '',
        to: to ?? '',
        base: partOf(base, ...path),
        head: partOf(head, ...path),
      }),
    );
  /** One value that was added, removed or changed. */
  const one = (
    [added, removed, changed]: readonly [ChangeCode, ChangeCode, ChangeCode],
    path: readonly string[],
    from: string | undefined,
    to: string | undefined,
  ) => {
    if (from === to) return;
    say(from === undefined ? added : to === undefined ? removed : changed, path, from, to);
  };
  const list = (
    [added, removed]: readonly [ChangeCode, ChangeCode],
    path: readonly string[],
    from: readonly string[],
    to: readonly string[],
  ) => {
    for (const it of to) if (!from.includes(it)) say(added, path, undefined, it);
    for (const it of from) if (!to.includes(it)) say(removed, path, it, undefined);
  };
  const amount = (
    [raised, lowered]: readonly [ChangeCode, ChangeCode],
    path: readonly string[],
    from: number | undefined,
    to: number | undefined,
    text: (n: number) => string,
  ) => {
    if (from === to) return;
    const words = (n: number | undefined) => (n === undefined ? 'no given time' : text(n));
    say((to ?? 0) > (from ?? 0) ? raised : lowered, path, words(from), words(to));
  };

  const [a, b] = [base.contract, head.contract];
  const differ = (code: ChangeCode, path: readonly string[], from: string, to: string) => {
    if (from !== to) say(code, path, from, to);
  };
  differ('message/key-renamed', [], base.key, head.key);
  differ('message/kind-changed', ['x-contract', 'kind'], base.kind, head.kind);
  differ('message/content-type-changed', ['contentType'], base.contentType, head.contentType);
  if (base.name !== head.name) say('message/renamed', ['name'], base.name, head.name);
  const [was, is] = [base, head].map((it) => it.deprecated || it.contract.deprecation !== undefined);
  if (was !== is) {
    say(
      is ? 'message/deprecated' : 'message/undeprecated',
      ['x-contract', 'deprecated'],
      undefined,
      undefined,
    );
  }
  differ(
    'message/aggregate-changed',
    ['x-contract', 'aggregate'],
    a.aggregate ?? 'none',
    b.aggregate ?? 'none',
  );
  differ('message/documentation-changed', ['summary'], documentation(base), documentation(head));
  one(
    ['ordering-key/added', 'ordering-key/removed', 'ordering-key/changed'],
    ['x-contract', 'orderingKey'],
    pathText(a.orderingKey),
    pathText(b.orderingKey),
  );
  compareIdentity(base, head, say);
  for (const part of ENVELOPE_PARTS) {
    const [from, to] = [pathText(a.envelope[part]), pathText(b.envelope[part])];
    one(
      ['envelope/part-added', 'envelope/part-removed', 'envelope/part-moved'],
      ['x-contract', 'envelope', part],
      from && `${part} at ${from}`,
      to && `${part} at ${to}`,
    );
  }
  one(
    ['correlation/added', 'correlation/removed', 'correlation/moved'],
    ['correlationId'],
    pathText(base.correlationId),
    pathText(head.correlationId),
  );
  amount(
    ['retention/lengthened', 'retention/shortened'],
    ['x-contract', 'retention'],
    a.retention,
    b.retention,
    durationText,
  );
  amount(
    ['volume/raised', 'volume/lowered'],
    ['x-contract', 'volume'],
    a.volume?.perDay,
    b.volume?.perDay,
    (n) => `${n} a day`,
  );
  if (retryText(a.retry) !== retryText(b.retry)) {
    const less = (b.retry?.delays.length ?? 0) < (a.retry?.delays.length ?? 0);
    say(
      less ? 'retry/shortened' : 'retry/lengthened',
      ['x-contract', 'retry'],
      retryText(a.retry),
      retryText(b.retry),
    );
  }
  list(['invariant/added', 'invariant/removed'], ['x-contract', 'invariants'], a.invariants, b.invariants);
  list(
    ['command/failure-added', 'command/failure-removed'],
    ['x-contract', 'failures'],
    a.failures,
    b.failures,
  );
  list(['command/outcome-added', 'command/outcome-removed'], ['x-contract', 'leadsTo'], a.leadsTo, b.leadsTo);
  compareUpcasts(base, head, say);
  return changes;
}

type Say = (
  code: ChangeCode,
  path: readonly (string | number)[],
  from: string | undefined,
  to: string | undefined,
) => void;

function compareIdentity({ contract: a }: Message, { contract: b }: Message, say: Say): void {
  const [from, to] = [a.identity, b.identity].map((it) => it.map((path) => pathText(path) ?? '').sort());
  if (!from || !to || from.join() === to.join()) return;
  const text = (paths: readonly string[]) => paths.join(' and ');
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
  say(code, ['x-contract', 'identity'], text(from), text(to));
}

function compareUpcasts(base: Message, head: Message, say: Say): void {
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
    if (!former) say('message/upcast-added', path, undefined, version);
    else if (former.text !== text) say('message/upcast-changed', path, version, version);
  }
  for (const version of before.keys()) {
    if (!after.has(version)) say('message/upcast-removed', ['x-contract', 'upcasts'], version, undefined);
  }
}

function documentation({ title, summary, description }: Message): string {
  return [title, summary, description].join('\n');
}

/** A place in a message as a contract writes it. */
export function pathText(path: MessagePath | undefined): string | undefined {
  if (!path) return undefined;
  return path.in === 'headers' ? `header ${path.path.join('.')}` : joinPointer(path.path);
}
