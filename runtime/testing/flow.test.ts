import { describe, expect, it } from 'vitest';
import type { WireMessage } from '../ports/message.ts';
import type { Observation } from '../telemetry/observation.ts';
import { type FlowStep, flowDifferences } from './flow.ts';

const message = (id: string, cause?: string): WireMessage => ({
  id,
  name: id,
  channel: id,
  headers: cause === undefined ? {} : { 'causation-id': cause },
  contentType: 'application/json',
  body: new TextEncoder().encode('{}'),
});
const sent = (by: string, id: string, cause?: string): Observation => ({
  kind: 'published',
  by,
  message: message(id, cause),
});
const got = (consumer: string, id: string): readonly Observation[] => [
  { kind: 'delivered', consumer, message: message(id) },
  { kind: 'handled', consumer, message: message(id), attempt: 1, took: 1 },
];
const step = (
  id: string,
  service: string,
  action: FlowStep['action'],
  name: string,
  ...after: readonly string[]
): FlowStep => ({ id, service, action, message: name, after });

/** The kitchen and the bar are asked; the waiter serves when both are ready. */
const steps = [
  step('asked', 'waiter', 'send', 'order'),
  step('cooked', 'kitchen', 'send', 'meal', 'asked'),
  step('poured', 'bar', 'send', 'drink', 'asked'),
  step('mealSeen', 'waiter', 'receive', 'meal', 'cooked'),
  step('drinkSeen', 'waiter', 'receive', 'drink', 'poured'),
  step('served', 'waiter', 'send', 'serving', 'mealSeen', 'drinkSeen'),
];
const evening = (last: 'meal' | 'drink', cause: string = last) => [
  sent('waiter', 'order'),
  sent('kitchen', 'meal', 'order'),
  sent('bar', 'drink', 'order'),
  ...(last === 'drink' ? [...got('waiter', 'meal'), ...got('waiter', 'drink')] : []),
  ...(last === 'meal' ? [...got('waiter', 'drink'), ...got('waiter', 'meal')] : []),
  sent('waiter', 'serving', cause),
];

describe('the differences of a flow', () => {
  it('are none where it happened, whichever of two comes last', () => {
    expect(flowDifferences(steps, evening('drink'))).toEqual([]);
    expect(flowDifferences(steps, evening('meal'))).toEqual([]);
  });
  it('name the step that did not happen, and one that has another cause', () => {
    expect(flowDifferences(steps, evening('drink').slice(0, -1))).toEqual([
      'served: waiter did not send serving',
    ]);
    expect(flowDifferences(steps, evening('drink', 'order'))).toEqual([
      'served: waiter did not send serving because of mealSeen and drinkSeen, but 1 times otherwise',
    ]);
  });
  it('name what no step sends, unless it is told of elsewhere', () => {
    const more = [...evening('drink'), sent('bar', 'bill')];
    expect(flowDifferences(steps, more)).toEqual(['bar sent bill: no step says so']);
    expect(flowDifferences(steps, more, { beside: ['bill'] })).toEqual([]);
  });
  it('name what was received and not handled', () => {
    const failed = evening('drink').filter((it) => it.kind !== 'handled' || it.message.id !== 'meal');
    expect(flowDifferences(steps, failed)).toEqual(['mealSeen: waiter received meal, and did not handle it']);
  });
});
