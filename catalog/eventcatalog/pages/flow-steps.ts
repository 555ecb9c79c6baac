import type { Flow, FlowStep, Message, Operation } from '@chirograph/contract/model';
import { relationsOf } from '../../data/relations.ts';
import { type Atlas, pointer } from '../atlas.ts';
import { messageCells } from './operation-text.ts';

/** A node of a flow as EventCatalog draws it: a service or a message, and the nodes that come after it. */
export interface FlowNode {
  readonly id: string;
  readonly title: string;
  readonly summary?: string;
  readonly service?: { readonly id: string; readonly version: string };
  readonly message?: { readonly id: string; readonly version: string };
  readonly next_steps?: readonly { readonly id: string }[];
}

/**
 * The picture of a flow. A contract's step is one operation; a reader wants to see service, message, service in turn.
 * So a `send` step is drawn as its message, with the sender before it unless the step before already shows that
 * service; a `receive` step is drawn as its service, with the message before it unless that is already shown.
 */
export function flowSteps(atlas: Atlas, flow: Flow): FlowNode[] {
  const nodes: FlowNode[] = [];
  const next = new Map<string, Set<string>>();
  const last = new Map<string, readonly FlowNode[]>();
  const join = (from: readonly FlowNode[], to: readonly FlowNode[]) => {
    for (const { id } of from) next.set(id, new Set([...(next.get(id) ?? []), ...to.map((it) => it.id)]));
  };
  for (const step of flow.steps) {
    const before = flow.steps.filter((it) => step.after.includes(it.id));
    const columns = columnsOf(atlas, step, before).filter((column) => column.length > 0);
    for (const it of before) join(last.get(it.id) ?? [], columns[0] ?? []);
    for (const [index, column] of columns.entries()) join(columns[index - 1] ?? [], column);
    last.set(step.id, columns.at(-1) ?? []);
    nodes.push(...columns.flat());
  }
  return nodes.map((node) => {
    const after = [...(next.get(node.id) ?? [])];
    return after.length > 0 ? { ...node, next_steps: after.map((id) => ({ id })) } : node;
  });
}

/** What one step adds to the picture, from left to right. */
function columnsOf(
  atlas: Atlas,
  step: FlowStep,
  before: readonly FlowStep[],
): readonly (readonly FlowNode[])[] {
  const operation = relationsOf(atlas.workspace).operation(step.operation);
  if (!operation) return [];
  const told = step.description === undefined ? {} : { summary: step.description };
  const shown = before.some((it) => shows(atlas, it, step, operation));
  const service = (id: string): FlowNode => {
    const place = atlas.node(operation.service);
    return { id, title: place.title, service: pointer(place) };
  };
  const messages = (id: string): FlowNode[] =>
    newestOf(atlas, operation).map((message, index) => {
      const place = atlas.node(message.id);
      return { id: index === 0 ? id : `${id}--${index + 1}`, title: place.title, message: pointer(place) };
    });
  if (step.action === 'receive') {
    return [shown ? [] : messages(`${step.id}--message`), [{ ...service(step.id), ...told }]];
  }
  return [
    shown ? [] : [service(`${step.id}--sender`)],
    messages(step.id).map((message) => ({ ...message, ...told })),
  ];
}

/** True when the earlier step is drawn with what the later one needs before it. */
function shows(atlas: Atlas, earlier: FlowStep, later: FlowStep, operation: Operation): boolean {
  const before = relationsOf(atlas.workspace).operation(earlier.operation);
  if (!before || earlier.action === later.action) return false;
  if (later.action === 'send') return before.service === operation.service;
  return before.messages.some((it) => operation.messages.includes(it));
}

/** The messages of an operation, of each name the newest version. */
function newestOf(atlas: Atlas, { messages }: Operation): Message[] {
  const carried = messages.flatMap((it) => relationsOf(atlas.workspace).message(it) ?? []);
  return messageCells(atlas, carried).map((it) => it.newest);
}
