import {
  type Flow,
  type FlowStep,
  type Message,
  versionsOf,
  type Workspace,
} from '@chirograph/contract/model';
import { addressesOf } from './addresses.ts';
import type { FlowBranch, FlowRecord, Link, StepRecord } from './catalog.ts';
import { relationsOf } from './relations.ts';
import { present, writtenAt } from './written.ts';

/** A flow with its lanes: each service that acts in it, in the order in which they first do. */
export function flowRecord(workspace: Workspace, flow: Flow): FlowRecord {
  const addresses = addressesOf(workspace);
  const lanes = new Map<string, number>();
  const laneOf = (service: string) => {
    if (!lanes.has(service)) lanes.set(service, lanes.size);
    return lanes.get(service) ?? 0;
  };
  const numbers = new Map(flow.steps.map((it, index) => [it.id, index + 1]));
  const steps = flow.steps.map((step, index): StepRecord => {
    const operation = relationsOf(workspace).operation(step.operation);
    const from = step.action === 'receive' ? sentBy(workspace, flow, step) : undefined;
    return {
      id: step.id,
      number: index + 1,
      action: step.action,
      lane: laneOf(operation?.service ?? ''),
      messages: messagesOf(workspace, step),
      ...present({ description: step.description }),
      after: step.after.flatMap((it) => numbers.get(it) ?? []),
      ...present({
        from: from && numbers.get(from.id),
        onFailure: step.onFailure?.map(({ step: next, flow: other, ...it }) => ({
          ...it,
          ...present({
            step: next === undefined ? undefined : numbers.get(next),
            flow: other === undefined ? undefined : flowLink(workspace, flow, other),
          }),
        })),
      }),
    };
  });
  return {
    id: addresses.node(flow.id)?.to ?? '',
    title: flow.title,
    domain: addresses.domain(flow.domain),
    ...present({ description: flow.description?.trim() }),
    written: writtenAt(workspace, flow.at),
    lanes: [...lanes.keys()].map((it) => addresses.node(it) ?? { to: '', title: it }),
    steps,
    branches: branchesOf(workspace, flow),
  };
}

/** Another flow by its name: of the same domain before those of others. */
function flowLink(workspace: Workspace, { domain }: Flow, name: string): Link | undefined {
  const named = workspace.flows.filter((it) => it.name === name);
  const found = named.find((it) => it.domain === domain) ?? named[0];
  return found && addressesOf(workspace).node(found.id);
}

/** The newest version of each name that a step carries. */
function messagesOf(workspace: Workspace, { operation }: FlowStep): Link[] {
  const relations = relationsOf(workspace);
  const carried = (relations.operation(operation)?.messages ?? []).flatMap(
    (it) => relations.message(it) ?? [],
  );
  const newest = new Set(carried.map((it) => newestOf(workspace, it, carried)));
  return [...newest].flatMap(({ id }) => addressesOf(workspace).node(id) ?? []);
}

function newestOf(workspace: Workspace, message: Message, among: readonly Message[]): Message {
  return versionsOf(workspace, message).find((it) => among.includes(it)) ?? message;
}

/** The step before a receiving one that sent what it receives: among those it comes after, else the last such one. */
function sentBy(workspace: Workspace, { steps }: Flow, step: FlowStep): FlowStep | undefined {
  const { operation } = relationsOf(workspace);
  const wanted = new Set(operation(step.operation)?.messages ?? []);
  const sends = (it: FlowStep) =>
    it.action === 'send' && (operation(it.operation)?.messages ?? []).some((id) => wanted.has(id));
  const before = steps.slice(0, steps.indexOf(step));
  return before.findLast((it) => step.after.includes(it.id) && sends(it)) ?? before.findLast(sends);
}

/** Fewer steps in common than this are no beginning. */
const LEAST_IN_COMMON = 2;

/** Other flows of the domain that take the same first steps and then go another way: in the order in which they part from it. */
function branchesOf(workspace: Workspace, flow: Flow): FlowBranch[] {
  const branches = workspace.flows.flatMap((other) => {
    if (other === flow || other.domain !== flow.domain) return [];
    const differs = flow.steps.findIndex((step, i) => !isSame(step, other.steps[i]));
    const common = differs < 0 ? flow.steps.length : differs;
    const link = addressesOf(workspace).node(other.id);
    if (common < LEAST_IN_COMMON || !link) return [];
    return [{ flow: link, after: common, ...present({ first: other.steps[common]?.description }) }];
  });
  return branches.sort((one, another) => one.after - another.after);
}

function isSame({ operation, action }: FlowStep, other: FlowStep | undefined): boolean {
  return operation === other?.operation && action === other.action;
}
