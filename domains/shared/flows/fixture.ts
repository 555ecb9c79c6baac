/** For the tests of the domains: their contracts, and the flows that these declare. */
import { folderReader, load } from '@chirograph/contract/load';
import type { Workspace } from '@chirograph/contract/model';
import type { FlowStep } from '@chirograph/runtime/testing';

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
