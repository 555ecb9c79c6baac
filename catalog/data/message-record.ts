import { type Message, type Operation, versionsOf, type Workspace } from '@chirograph/contract/model';
import { joinPointer } from '@chirograph/schema';
import { addressesOf, titleOf } from './addresses.ts';
import type { Example, Link, MessageRecord, Owner, Sibling } from './catalog.ts';
import { neighbourOf } from './catalogued.ts';
import { fieldsOf, personalDataIn } from './fields.ts';
import { participantsOf } from './participants.ts';
import { relationsOf } from './relations.ts';
import { deprecationOf, ownersOf, protocolsOf, servicesOf, summaryOf } from './rows.ts';
import { invalidExample, schemaRecord } from './schema-record.ts';
import { versionChanges } from './version-changes.ts';
import { ownerOf, placeText, present, writtenAt } from './written.ts';

/** All that the contracts say of one version of a message. */
export function messageRecord(workspace: Workspace, message: Message): MessageRecord {
  const addresses = addressesOf(workspace);
  const relations = relationsOf(workspace);
  const { id, name, version, kind, domain, contract, correlationId } = message;
  const title = titleOf(message);
  const payload = schemaRecord(workspace, message.payload, title);
  const headers = schemaRecord(workspace, message.headers, `${title}: headers`);
  const examples = examplesOf(message);
  const { data } = contract.envelope;
  const invalid = invalidExample(examples, payload, data && placeText(data));
  const summary = summaryOf(message);
  const channels = relations.channelsOf(id);
  const here = { domain, ...(channels.length === 1 && { channel: channels[0]?.id }) };
  const description = message.description?.trim();
  return {
    id: addresses.node(id)?.to ?? '',
    name,
    version,
    title,
    kind,
    domain: addresses.domain(domain),
    ...present({ neighbour: neighbourOf(workspace, message) }),
    ...present({ summary, description: description === summary ? undefined : description }),
    written: writtenAt(workspace, message.at),
    owners: ownersWith(workspace, message),
    ...present({
      deprecated: deprecationOf(message),
      aggregate: contract.aggregate,
      reference: contract.reference,
    }),
    tags: message.tags,
    contentType: message.contentType,
    channels: channels.flatMap((it) => {
      const link = addresses.node(it.id);
      return link ? [{ ...link, protocols: protocolsOf(workspace, it) }] : [];
    }),
    senders: participantsOf(workspace, relations.uses(id, 'send'), here),
    receivers: participantsOf(workspace, relations.uses(id, 'receive'), here),
    ...present({ trigger: contract.trigger, outcome: contract.outcome }),
    leadsTo: contract.leadsTo.flatMap((it) => newestLink(workspace, domain, it) ?? []),
    invariants: contract.invariants,
    failures: contract.failures,
    ...present({ orderingKey: contract.orderingKey && placeText(contract.orderingKey) }),
    identity: contract.identity.map(placeText),
    ...present({ correlation: correlationId && placeText(correlationId) }),
    envelope: Object.fromEntries(
      Object.entries(contract.envelope).map(([part, at]) => [part, placeText(at)]),
    ),
    ...present({
      retry: contract.retry?.delays,
      retention: contract.retention,
      volume: contract.volume?.perDay,
    }),
    personalData: [
      ...personalDataIn(payload ? fieldsOf(payload.schema) : []),
      ...personalDataIn(headers ? fieldsOf(headers.schema) : []).map((it) => `headers${it}`),
    ],
    ...present({ bindings: message.bindings }),
    examples,
    ...present({ invalid, payload, headers, foreignPayload: message.foreignPayload }),
    versions: versionsOf(workspace, message).map((it) => ({
      ...linkTo(workspace, it),
      version: it.version,
      ...present({ deprecated: deprecationOf(it) }),
      senders: servicesOf(workspace, it, 'send').length,
      receivers: servicesOf(workspace, it, 'receive').length,
    })),
    upcasts: contract.upcasts.map((it) => ({
      from: it.from,
      move: it.move.map(({ from, to }) => ({ from: joinPointer(from), to: joinPointer(to) })),
      remove: it.remove.map(joinPointer),
      default: it.default.map(({ path, value }) => ({ path: joinPointer(path), value })),
      byFunction: it.byFunction,
    })),
    changes: versionChanges(workspace, message),
    flows: flowsOf(workspace, message),
  };
}

function examplesOf({ examples }: Message): Example[] {
  return examples.map(({ name, summary, payload, headers }, index) => ({
    title: summary ?? name ?? (examples.length === 1 ? 'Example' : `Example ${index + 1}`),
    ...present({ payload, headers }),
  }));
}

/** The owners with a way to reach them: what any of their services' documents says. */
function ownersWith(workspace: Workspace, message: Message): Owner[] {
  const { servicesOfOwner } = relationsOf(workspace);
  return ownersOf(workspace, message).flatMap((name) => ownerNamed(workspace, servicesOfOwner(name)) ?? []);
}

/** What several documents say of one owner, put together. */
export function ownerNamed(
  workspace: Workspace,
  services: ReturnType<ReturnType<typeof relationsOf>['servicesOfOwner']>,
): Owner | undefined {
  const told = services.flatMap((it) => ownerOf(workspace, it) ?? []);
  // The first word counts.
  return told.length === 0 ? undefined : Object.assign({}, ...told.toReversed());
}

function linkTo(workspace: Workspace, { id, name }: Message): Link {
  return addressesOf(workspace).node(id) ?? { to: '', title: name };
}

/** The newest version of a name, of the domain where that has it. */
function newestLink(workspace: Workspace, domain: string, name: string): Link | undefined {
  const [some] = relationsOf(workspace).messagesNamed(domain, name);
  const newest = some && versionsOf(workspace, some)[0];
  return newest && linkTo(workspace, newest);
}

function flowsOf(workspace: Workspace, { id }: Message): Link[] {
  const relations = relationsOf(workspace);
  const operations: Operation[] = [...relations.uses(id, 'send'), ...relations.uses(id, 'receive')].map(
    (it) => it.operation,
  );
  const flows = new Set(operations.flatMap((it) => relations.flowsOf(it.id)));
  return [...flows].flatMap((it) => addressesOf(workspace).node(it.id) ?? []);
}

/** As many neighbours as a person looks through. */
const MOST_SIBLINGS = 40;

/** The neighbours of a message among which people look on. */
export function siblingsOf(workspace: Workspace, message: Message): Sibling[] {
  const { messagesOfAggregate, usesOfService, message: find } = relationsOf(workspace);
  const { aggregate } = message.contract;
  const [home] = servicesOf(workspace, message, 'send');
  const all =
    aggregate !== undefined
      ? messagesOfAggregate(message.domain, aggregate)
      : home
        ? usesOfService(home.id, 'send').flatMap((it) => find(it.message) ?? [])
        : [message];
  const newest = new Set(all.flatMap((it) => versionsOf(workspace, it)[0] ?? []));
  return [...newest]
    .slice(0, MOST_SIBLINGS)
    .map((it) => ({ ...linkTo(workspace, it), kind: it.kind }))
    .sort((a, b) => a.title.localeCompare(b.title, 'en') || (a.to < b.to ? -1 : 1));
}
