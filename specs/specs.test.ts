import { lint } from '@chirograph/contract/lint';
import { folderReader, load } from '@chirograph/contract/load';
import { consumersOf, type Message, type MessagePath, sendersOf } from '@chirograph/contract/model';
import { bundle, type JsonSchema } from '@chirograph/schema';
import { describe, expect, test } from 'vitest';
import { inventory, type MessageFacts } from './inventory.ts';
import { differences, fieldDifferences, fieldNames, fieldOf, flatten } from './shape.ts';

const { workspace, diagnostics } = load(folderReader(new URL('..', import.meta.url).pathname, ['specs']));
const domains = Object.entries(inventory.domains);

test('the contracts of all domains are clean', () => {
  expect([...diagnostics, ...lint(workspace)]).toEqual([]);
});

test('the workspace holds the five domains and their 156 messages', () => {
  expect(workspace.domains.map((it) => it.name)).toEqual(domains.map(([name]) => name).sort());
  expect(new Set(workspace.messages.map((it) => `${it.domain} ${it.name}`)).size).toBe(156);
});

test('every service has an owner, and every operation says why it is there', () => {
  expect(workspace.services.filter((it) => !it.owner || !it.description).map((it) => it.id)).toEqual([]);
  expect(workspace.operations.filter((it) => !it.summary).map((it) => it.id)).toEqual([]);
});

describe.each(domains)('%s', (domain, facts) => {
  const types = { ...inventory.types, ...facts.types };
  const messages = workspace.messages.filter((it) => it.domain === domain);
  const known = facts.messages.map((it) => [`${it.key} ${it.version}`, it] as const);

  test('holds exactly the messages of the inventory', () => {
    expect(messages.map((it) => `${it.kind} ${it.key} ${it.version}`).sort()).toEqual(
      facts.messages.map((it) => `${it.kind} ${it.key} ${it.version}`).sort(),
    );
  });

  test('has every service that the documents name', () => {
    const services = workspace.services.filter((it) => it.domain === domain).map((it) => it.name);
    expect(services).toEqual(expect.arrayContaining(Object.values(facts.services)));
  });

  test.each(known)('%s is sent and received by whom the documents say', (_, expected) => {
    const message = messageOf(messages, expected);
    const named = (expected.consumers ?? []).map((it) => facts.services[it]);
    const receivers = consumersOf(workspace, message.id).map((it) => it.name);
    const senders = sendersOf(workspace, message.id).map((it) => it.name);
    const { owner } = expected;
    expect(senders).toEqual(expected.kind === 'command' ? expected.senders?.toSorted() : [owner]);
    expect(receivers).toEqual(expected.kind === 'command' ? [owner] : [...new Set(named)].sort());
    expect(receivers).toHaveLength(expected.consumerCount ?? receivers.length);
  });

  test.each(known)('%s carries its envelope and its fields', (_, expected) => {
    const message = messageOf(messages, expected);
    const payload = schemaOf(message.payload);
    const wire = [...(facts.wire[expected.kind] ?? []), ...(expected.businessId ? ['businessId'] : [])];
    expect(fieldNames(payload, payload).sort()).toEqual(wire.sort());
    if (facts.headers) {
      const headers = schemaOf(message.headers);
      expect(fieldNames(headers, headers).sort()).toEqual(facts.headers.toSorted());
    }
    const data = fieldOf(payload, message.contract.envelope.data?.path.join('/') ?? '', payload) ?? false;
    expect(fieldDifferences(data, expected.fields, payload, types)).toEqual([]);
    if (expected.metadata) {
      const metadata = fieldOf(payload, 'metadata', payload) ?? false;
      expect(fieldNames(metadata, payload).sort()).toEqual(expected.metadata.toSorted());
      const source = flatten(fieldOf(metadata, 'source', payload) ?? false, payload);
      expect(source.const).toBe(expected.source);
    }
  });

  test.each(known)('%s carries what else the documents say', (_, expected) => {
    const { contract, ...message } = messageOf(messages, expected);
    expect(message.name).toBe(expected.name);
    expect(contract.aggregate).toBe(expected.aggregate);
    expect(contract.reference).toBe(expected.reference);
    expect(contract.identity.map(pathText)).toEqual(expected.identity);
    expect(contract.orderingKey && pathText(contract.orderingKey)).toBe(expected.orderingKey);
    expect(contract.volume?.perDay).toBe(expected.perDay);
    expect(contract.retention).toBe(expected.retention && expected.retention * 86_400_000);
    expect(contract.retry?.delays).toEqual(facts.retry?.map((seconds) => seconds * 1000));
    if (expected.purpose) expect(message.summary).toBe(`${expected.purpose}.`);
    if (expected.trigger) expect(contract.trigger).toBe(`${expected.trigger}.`);
    if (expected.invariants) expect(contract.invariants).toEqual(expected.invariants);
    if (expected.outcome) expect(contract.outcome).toBe(`${expected.outcome}.`);
    if (expected.failures) expect(contract.failures).toEqual(expected.failures);
    if (expected.leadsTo)
      expect(contract.leadsTo).toEqual(
        expected.leadsTo.map((key) => messages.find((it) => it.key === key)?.name),
      );
    expect(message.examples.length).toBeGreaterThanOrEqual(expected.examples ?? 1);
  });

  test.each(Object.entries(facts.invariants ?? {}))('%s keeps its invariants', (service, invariants) => {
    const own = messages.filter((it) => it.at.file.endsWith(`/${service}.asyncapi.yaml`));
    expect(own.flatMap((it) => it.contract.invariants)).toEqual(expect.arrayContaining([...invariants]));
  });

  test.each(Object.entries(facts.flows))('the flow %s sends its messages in order', (name, expected) => {
    const flow = workspace.flows.find((it) => it.domain === domain && it.name === name);
    const sent = flow?.steps.filter((it) => it.action === 'send').map((it) => it.operation);
    expect(sent?.map((id) => id.replace(/.*\/send/, ''))).toEqual(expected);
  });

  test('has no flows beside those', () => {
    const names = workspace.flows.filter((it) => it.domain === domain).map((it) => it.name);
    expect(names.sort()).toEqual(Object.keys(facts.flows).sort());
  });
});

describe('a difference is seen', () => {
  const root: JsonSchema = {
    allOf: [{ $ref: '#/definitions/Base' }, { properties: { amount: { minimum: 1 } }, required: ['amount'] }],
    definitions: { Base: { type: 'object', properties: { amount: { type: 'integer' } } } },
  };

  test.each([
    ['none', { amount: { type: 'integer', minimum: 1 } }, []],
    ['a field that is missing', { amount: 'integer', currency: 'string' }, ['/currency: missing']],
    ['a field too many', {}, ['/amount: not in the inventory']],
    [
      'required, not optional',
      { 'amount?': 'integer' },
      ['/amount?: missing', '/amount: not in the inventory'],
    ],
    ['another type', { amount: 'string' }, ['/amount/type: "integer"']],
    ['another bound', { amount: { minimum: 0 } }, ['/amount/minimum: 1']],
  ] as const)('%s', (_, fields, expected) => {
    expect(fieldDifferences(root, fields, root, inventory.types)).toEqual(expected);
  });

  test('an unknown type', () => {
    expect(differences(root, 'Euro', root, inventory.types)).toEqual([': the inventory has no type Euro']);
  });
});

function messageOf(messages: readonly Message[], { key, version }: MessageFacts): Message {
  const found = messages.find((it) => it.key === key && it.version === version);
  if (!found) throw new Error(`no message ${key} ${version}`);
  return found;
}

function schemaOf(id: string | undefined): JsonSchema {
  return id === undefined ? false : bundle(workspace, id);
}

function pathText({ in: place, path }: MessagePath): string {
  return `${place === 'headers' ? '$message.header#' : ''}/${path.join('/')}`;
}
