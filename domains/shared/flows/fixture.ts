/** For the tests of the domains: the flows that their contracts declare. */
import { folderReader, load } from '@chirograph/contract/load';
import type { FlowStep } from '@chirograph/runtime/testing';

/** The steps of each flow of a domain, by the flow's name. */
export function flowsOf(domain: string): ReadonlyMap<string, readonly FlowStep[]> {
  const root = new URL('../../..', import.meta.url).pathname;
  const { workspace } = load(folderReader(root, [`specs/${domain}`]));
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
