/** For the tests of the domains: their contracts, and the flows that these declare. */
import { folderReader, load } from '@chirograph/contract/load';
import type { Workspace } from '@chirograph/contract/model';
import type { Observation } from '@chirograph/runtime';
import { type FlowStep, flowDifferences, type TestBus } from '@chirograph/runtime/testing';
import { describe, expect, it } from 'vitest';

/** The contracts of a domain. */
export function workspaceOf(domain: string): Workspace {
  const root = new URL('../../..', import.meta.url).pathname;
  return load(folderReader(root, [`specs/${domain}`])).workspace;
}

/** The steps of each flow of a domain, by the flow's name. */
export function flowsOf(domain: string): ReadonlyMap<string, readonly FlowStep[]> {
  const workspace = workspaceOf(domain);
  const operations = new Map(workspace.operations.map((it) => [it.id, it]));
  const services = new Map(workspace.services.map((it) => [it.id, it.name]));
  const messages = new Map(workspace.messages.map((it) => [it.id, it.name]));
  const flows = workspace.flows.map(({ name, steps }) => {
    const read = steps.map(({ id, action, operation, after }): FlowStep => {
      const { service = '', messages: [message = ''] = [] } = operations.get(operation) ?? {};
      return {
        id,
        service: services.get(service) ?? '',
        action,
        message: messages.get(message) ?? '',
        after,
      };
    });
    return [name, read] as const;
  });
  return new Map(flows);
}

/** What happens before a flow begins, and then what it is about. `beside`: messages of which other flows tell. */
export interface Play<Test> {
  readonly beside?: readonly string[];
  prepare(test: Test): Promise<() => Promise<unknown>>;
}

/** Tests that each flow of a domain is played, and that what is sent and received then is what the flow says, in order and by its causes. */
export function testFlows<Test extends { readonly bus: TestBus; readonly observed: readonly Observation[] }>(
  domain: string,
  begin: () => Promise<Test>,
  plays: Readonly<Record<string, Play<Test>>>,
): void {
  const flows = flowsOf(domain);
  describe('each declared flow', () => {
    it('is played', () => expect(Object.keys(plays).sort()).toEqual([...flows.keys()].sort()));

    it.each([...flows])('%s', async (name, steps) => {
      const test = await begin();
      const play = plays[name];
      if (!play) throw new Error(`nobody plays ${name}`);
      const act = await play.prepare(test);
      await test.bus.settled();
      const from = test.observed.length;
      await act();
      await test.bus.settled();
      expect(flowDifferences(steps, test.observed.slice(from), { beside: play.beside })).toEqual([]);
    });
  });
}
