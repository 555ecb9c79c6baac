import {
  consumersOf,
  type Flow,
  type FlowStep,
  identitiesOf,
  type Message,
  sendersOf,
  type Workspace,
} from '@chirograph/contract/model';
import type { Fact, Session } from './facts.ts';

/** What a contract promises, and whether it was seen to happen. */
export interface Item {
  readonly kind: 'message' | 'consumer' | 'failure' | 'step';
  /** In a few words: `ticketing.order.cancel 1.0`, `... at purchase`, `...: Order not found`, `soldOut: refused`. */
  readonly what: string;
  readonly covered: boolean;
}

export interface DomainCoverage {
  readonly domain: string;
  readonly items: readonly Item[];
}

/**
 * What the sessions exercised of the contracts, by domain:
 * - a message, in each of its versions, when one of its senders sent it,
 * - a consumer, for each message and version that it receives, when it handled one,
 * - a failure of a command, when a refusal with its code was told, or the command was refused for it,
 * - a step of a flow, when it happened after the steps that it follows from, in one session.
 */
export function coverageOf(workspace: Workspace, sessions: readonly Session[]): readonly DomainCoverage[] {
  const seen = seenIn(sessions);
  const histories = sessions.map(historyOf);
  return workspace.domains.map(({ name: domain }) => {
    const messages = identitiesOf(workspace).flatMap(({ message }) =>
      message.domain === domain ? [message] : [],
    );
    const flows = workspace.flows.filter((it) => it.domain === domain);
    return {
      domain,
      items: [
        ...messages.map((it) => messageItem(workspace, it, seen)),
        ...messages.flatMap((it) => consumerItems(workspace, it, seen)),
        ...messages.flatMap((it) => failureItems(it, seen)),
        ...flows.flatMap((it) => stepItems(workspace, it, histories)),
      ],
    };
  });
}

/** What happened at all, in whatever session. */
interface Seen {
  /** `<did> <service> <message>`; the service is `?` where it is not known. */
  readonly happened: ReadonlySet<string>;
  /** `<command> <failure>`, as codes. */
  readonly refused: ReadonlySet<string>;
}

function seenIn(sessions: readonly Session[]): Seen {
  const happened = new Set<string>();
  const refused = new Set<string>();
  for (const { did, by = '?', name, version, refusal } of sessions.flat()) {
    // Versions are as the wire says; a message that says none is of the only version there is.
    happened.add(`${did} ${by} ${name} ${version ?? '?'}`);
    if (refusal) refused.add(`${refusal.command} ${codeOf(refusal.failure)}`);
  }
  return { happened, refused };
}

function messageItem(workspace: Workspace, message: Message, { happened }: Seen): Item {
  const senders = ['?', ...sendersOf(workspace, message.id).map((it) => it.name)];
  const covered = senders.some((by) => isIn(happened, 'sent', by, message));
  return { kind: 'message', what: nameOf(message), covered };
}

function consumerItems(workspace: Workspace, message: Message, { happened }: Seen): readonly Item[] {
  return consumersOf(workspace, message.id).map(({ name: service }) => ({
    kind: 'consumer',
    what: `${nameOf(message)} at ${service}`,
    // One that refuses a command has handled it.
    covered: isIn(happened, 'handled', service, message) || isIn(happened, 'refused', service, message),
  }));
}

function failureItems(message: Message, { refused }: Seen): readonly Item[] {
  return message.contract.failures.map((failure) => ({
    kind: 'failure',
    what: `${nameOf(message)}: ${failure}`,
    covered: refused.has(`${message.name} ${codeOf(failure)}`),
  }));
}

function isIn(happened: ReadonlySet<string>, did: Fact['did'], by: string, message: Message): boolean {
  return [message.version, '?'].some((version) => happened.has(`${did} ${by} ${message.name} ${version}`));
}

function nameOf({ name, version }: Message): string {
  return `${name} ${version}`;
}

/** A failure in words, or a code in whatever case, as one code: `Order not found` and `order-not-found` are ORDER_NOT_FOUND. */
function codeOf(failure: string): string {
  return failure.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
}

/** When what happened in a session: `<send|receive> <service> <message>`, to places from 0, in their order. */
type History = ReadonlyMap<string, readonly number[]>;

/** A broker may deliver a message before its sender is back from publishing it: it was sent first all the same. */
function historyOf(session: Session): History {
  const handled = new Set(session.flatMap((it) => (isReceipt(it) ? [`${it.by} ${it.id}`] : [])));
  const firstOf = new Map<string, number>();
  for (const [index, { id }] of session.entries()) if (!firstOf.has(id)) firstOf.set(id, index * 2);
  const history = new Map<string, number[]>();
  const note = (action: FlowStep['action'], { by = '?', name }: Fact, place: number) => {
    const key = `${action} ${by} ${name}`;
    history.set(key, [...(history.get(key) ?? []), place]);
  };
  for (const [index, it] of session.entries()) {
    if (it.did === 'sent') note('send', it, firstOf.get(it.id) ?? index * 2);
    if (it.did === 'delivered' && handled.has(`${it.by} ${it.id}`)) note('receive', it, index * 2 + 1);
  }
  for (const places of history.values()) places.sort((a, b) => a - b);
  return history;
}

function isReceipt({ did }: Fact): boolean {
  return did === 'handled' || did === 'refused';
}

function stepItems(
  workspace: Workspace,
  { name, steps }: Flow,
  histories: readonly History[],
): readonly Item[] {
  const keys = new Map(steps.map((step) => [step.id, keysOf(workspace, step)]));
  const reached = new Set<string>();
  for (const history of histories) {
    const places = new Map<string, number>();
    for (const { id, after } of steps) {
      const before = after.map((it) => places.get(it));
      if (before.includes(undefined)) continue;
      const earliest = Math.max(-1, ...before.map((it) => it ?? 0));
      const all = (keys.get(id) ?? []).flatMap((key) => history.get(key) ?? []);
      const place = all.filter((it) => it > earliest).sort((a, b) => a - b)[0];
      if (place === undefined) continue;
      places.set(id, place);
      reached.add(id);
    }
  }
  return steps.map(({ id }) => ({ kind: 'step', what: `${name}: ${id}`, covered: reached.has(id) }));
}

/** As a history names what the step's operation does: for each message that it carries. */
function keysOf({ operations, services, messages }: Workspace, step: FlowStep): readonly string[] {
  const operation = operations.find(({ id }) => id === step.operation);
  const service = services.find(({ id }) => id === operation?.service)?.name ?? '';
  const names = (operation?.messages ?? []).flatMap((id) => messages.find((it) => it.id === id)?.name ?? []);
  return names.map((name) => `${step.action} ${service} ${name}`);
}
