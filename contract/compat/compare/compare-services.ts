import { type Channel, messagesOf, type Operation, type Workspace } from '../../model/index.ts';
import type { Change, Subject } from '../change.ts';
import { changeOf, channelLabel, keyOf, messageLabel, partOf, serviceSubject } from './changing.ts';
import { compareBindings } from './compare-bindings.ts';
import { compareParameters } from './compare-parameters.ts';
import { compareReplies } from './compare-replies.ts';
import { compareSecurity, compareServers } from './compare-servers.ts';
import { retryText } from './durations.ts';
import { domainOfFile, type Matching } from './sides.ts';

/** Services that came and went, channels that came, went and moved. */
export function compareServices(matching: Matching): Change[] {
  const { services, base, head } = matching;
  const named = (workspace: Workspace, id: string) =>
    (['send', 'receive'] as const).flatMap((action) => messagesOf(workspace, id, action)).map(messageLabel);
  return [
    ...services.both.flatMap((it) => compareServers(it.base, it.head)),
    ...services.came.map((it) =>
      changeOf('service/added', serviceSubject(undefined, it), {
        head: keyOf(it),
        to: named(head, it.id).join(', '),
      }),
    ),
    ...services.gone.map((it) => {
      const messages = (['send', 'receive'] as const)
        .flatMap((action) => messagesOf(base, it.id, action))
        .map(({ id }) => id);
      return changeOf(
        'service/removed',
        { ...serviceSubject(it, undefined), messages: { base: messages, head: [] } },
        { base: keyOf(it), from: named(base, it.id).join(', ') },
      );
    }),
  ];
}

/** Channels. One that came or went with messages is told by what became of these. */
export function compareChannels(matching: Matching): Change[] {
  const { channels, base, head } = matching;
  const subject = (from: Channel | undefined, to: Channel | undefined): Subject => {
    const channel = to ?? from!;
    return {
      domain: domainOfFile(to ? head : base, channel.at.file),
      label: channelLabel(channel),
      kind: 'channel',
      ...(from && { base: from.id }),
      ...(to && { head: to.id }),
      messages: { base: from?.messages ?? [], head: to?.messages ?? [] },
    };
  };
  const both = channels.both.flatMap(({ base: from, head: to }): Change[] => {
    const places = { base: partOf(from, 'address'), head: partOf(to, 'address') };
    const [was, is] = [from.address ?? '', to.address ?? ''];
    const bindings = compareBindings(from, to, subject(from, to));
    const parameters = compareParameters(from, to, subject(from, to));
    if (was === is) return [...parameters, ...bindings];
    if (parametersOf(was).text === parametersOf(is).text) {
      const [names, now] = [parametersOf(was).names, parametersOf(is).names];
      const renamed = names.flatMap((name, index) =>
        name === now[index]
          ? []
          : [
              changeOf('channel/parameter-renamed', subject(from, to), {
                ...places,
                from: name,
                to: now[index] ?? '',
              }),
            ],
      );
      return [...renamed, ...parameters, ...bindings];
    }
    return [
      changeOf('channel/address-changed', subject(from, to), {
        ...places,
        from: channelLabel(from),
        to: channelLabel(to),
      }),
      ...bindings,
    ];
  });
  return [
    ...both,
    ...channels.came
      .filter((it) => it.messages.length === 0)
      .map((it) => changeOf('channel/added', subject(undefined, it), { head: keyOf(it) })),
    ...channels.gone
      .filter((it) => it.messages.length === 0)
      .map((it) => changeOf('channel/removed', subject(it, undefined), { base: keyOf(it) })),
  ];
}

/** What services do with channels. What came or went with its message or service is told by that. */
export function compareOperations(matching: Matching): Change[] {
  const { operations, services, base, head } = matching;
  const newServices = new Set(services.came.map(({ id }) => id));
  const goneServices = new Set(services.gone.map(({ id }) => id));
  const changes: Change[] = [];
  for (const { base: from, head: to } of operations.both) {
    const subject = operationSubject(matching, from, to);
    changes.push(
      ...compareBindings(from, to, subject),
      ...compareSecurity(from.security, to.security, subject, {
        base: partOf(from, 'security'),
        head: partOf(to, 'security'),
      }),
      ...compareReplies(matching, from, to, subject),
    );
    if (from.key !== to.key) {
      changes.push(
        changeOf('operation/renamed', subject, {
          base: keyOf(from),
          head: keyOf(to),
          from: from.key,
          to: to.key,
        }),
      );
    }
    const [before, after] = [from.retry?.delays.length, to.retry?.delays.length];
    if (retryText(from.retry) !== retryText(to.retry)) {
      changes.push(
        changeOf(
          (after ?? 0) < (before ?? 0) ? 'operation/retry-shortened' : 'operation/retry-lengthened',
          subject,
          {
            base: partOf(from, 'x-contract', 'retry'),
            head: partOf(to, 'x-contract', 'retry'),
            from: retryText(from.retry),
            to: retryText(to.retry),
          },
        ),
      );
    }
  }
  changes.push(...uses(matching, 'head', newServices, head), ...uses(matching, 'base', goneServices, base));
  return changes;
}

/**
 * What a service sends or receives on one side only: counted by message, so that it does not matter through which
 * operation.
 */
function uses(
  matching: Matching,
  side: 'base' | 'head',
  told: ReadonlySet<string>,
  workspace: Workspace,
): Change[] {
  const other = side === 'base' ? 'head' : 'base';
  const there = new Set(usesOf(matching, other).keys());
  return [...usesOf(matching, side)].flatMap(([key, { operation, message }]) => {
    if (there.has(key) || told.has(operation.service) || !matchedMessage(matching, side, message)) return [];
    const node = workspace.messages.find(({ id }) => id === message);
    const label = node ? messageLabel(node) : message;
    const subject = {
      ...operationSubject(
        matching,
        side === 'base' ? operation : undefined,
        side === 'head' ? operation : undefined,
      ),
      messages: { base: side === 'base' ? [message] : [], head: side === 'head' ? [message] : [] },
    };
    return side === 'head'
      ? [changeOf(`operation/${operation.action}-added`, subject, { head: keyOf(operation), to: label })]
      : [changeOf(`operation/${operation.action}-removed`, subject, { base: keyOf(operation), from: label })];
  });
}

/** By service, action and message, whatever the channel. */
function usesOf({ base, head, services, messageOf }: Matching, side: 'base' | 'head') {
  const workspace = side === 'base' ? base : head;
  const names = new Map(
    services.both.flatMap(({ base: one, head: other }) => [[side === 'base' ? one.id : other.id, one.id]]),
  );
  return new Map(
    workspace.operations.flatMap((operation) =>
      operation.messages.map((message) => [
        `${names.get(operation.service) ?? operation.service} ${operation.action} ${messageOf(side, message)}`,
        { operation, message },
      ]),
    ),
  );
}

function matchedMessage({ messageOf }: Matching, side: 'base' | 'head', message: string): boolean {
  return messageOf(side, message).startsWith('both');
}

function operationSubject(
  { base, head }: Matching,
  from: Operation | undefined,
  to: Operation | undefined,
): Subject {
  const [operation, workspace] = to ? [to, head] : [from!, base];
  const service = workspace.services.find(({ id }) => id === operation.service);
  return {
    domain: service?.domain ?? '',
    label: service?.name ?? operation.service,
    kind: 'operation',
    ...(from && { base: from.id }),
    ...(to && { head: to.id }),
    messages: { base: from?.messages ?? [], head: to?.messages ?? [] },
  };
}

function parametersOf(address: string): { readonly text: string; readonly names: readonly string[] } {
  const names = [...address.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name);
  return { text: address.replace(/\{[^}]*\}/g, '{}'), names };
}
