import { type Operation, type Service, versionsOf, type Workspace } from '@chirograph/contract/model';
import { addressesOf, titleOf } from './addresses.ts';
import type { Exchange, OwnerRecord, ServiceRecord } from './catalog.ts';
import { markedTitle } from './catalogued.ts';
import { ownerNamed } from './message-record.ts';
import { purposeOf } from './participants.ts';
import { relationsOf, type Use } from './relations.ts';
import { deprecationOf, messageRow, ownersOf, serviceRow, servicesOf } from './rows.ts';
import { ownerOf, present, serversOf, writtenAt } from './written.ts';

/** All that the contracts say of a service. */
export function serviceRecord(workspace: Workspace, service: Service): ServiceRecord {
  const addresses = addressesOf(workspace);
  const relations = relationsOf(workspace);
  const uses = (action: Operation['action']) => relations.usesOfService(service.id, action);
  const operations = [...uses('send'), ...uses('receive')].map((it) => it.operation);
  const flows = new Set(operations.flatMap((it) => relations.flowsOf(it.id)));
  return {
    id: addresses.node(service.id)?.to ?? '',
    title: markedTitle(service.title, service.neighbour),
    name: service.name,
    domain: addresses.domain(service.domain),
    ...present({ neighbour: service.neighbour }),
    version: service.version,
    ...present({ description: service.description?.trim() }),
    written: writtenAt(workspace, service.at),
    ...present({ owner: ownerOf(workspace, service) }),
    tags: service.tags,
    servers: serversOf(service),
    sends: uses('send').flatMap((it) => exchange(workspace, it, 'receive')),
    receives: uses('receive').flatMap((it) => exchange(workspace, it, 'send')),
    flows: [...flows].flatMap((it) => addresses.node(it.id) ?? []),
  };
}

/** @param other what those at the other end do */
function exchange(workspace: Workspace, use: Use, other: Operation['action']): Exchange[] {
  const addresses = addressesOf(workspace);
  const message = relationsOf(workspace).message(use.message);
  if (!message) return [];
  const channel = use.channel === undefined ? undefined : addresses.node(use.channel);
  const others = servicesOf(workspace, message, other).filter((it) => it.id !== use.operation.service);
  return [
    {
      message: { to: addresses.node(message.id)?.to ?? '', title: titleOf(message) },
      name: message.name,
      version: message.version,
      kind: message.kind,
      ...present({ deprecated: deprecationOf(message) }),
      operation: use.operation.key,
      ...present({ purpose: purposeOf(use) }),
      ...(channel && { channel }),
      ...(use.isReply && { reply: true as const }),
      ...(use.operation.retry && !use.isReply && { retry: use.operation.retry.delays }),
      security: use.operation.security,
      others: others.flatMap((it) => addresses.node(it.id) ?? []),
    },
  ];
}

/** Who answers for what. */
export function ownerRecord(workspace: Workspace, name: string): OwnerRecord {
  const services = relationsOf(workspace).servicesOfOwner(name);
  const { email, url } = ownerNamed(workspace, services) ?? {};
  const relations = relationsOf(workspace);
  const sent = services.flatMap((it) =>
    relations.usesOfService(it.id, 'send').flatMap(({ message }) => relations.message(message) ?? []),
  );
  const own = [...new Set(sent)].filter(
    (it) => versionsOf(workspace, it)[0] === it && ownersOf(workspace, it).includes(name),
  );
  return {
    id: addressesOf(workspace).owner(name).to,
    name,
    ...present({ email, url }),
    services: services.map((it) => serviceRow(workspace, it)),
    messages: own.map((it) => messageRow(workspace, it)),
  };
}
