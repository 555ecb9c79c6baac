import { existsSync } from 'node:fs';
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

test('the workspace holds the five domains and the 156 messages of their documents', () => {
  expect(workspace.domains.map((it) => it.name)).toEqual(domains.map(([name]) => name).sort());
  const documented = workspace.messages.filter(({ domain, key }) => !addedBy(domain, key));
  expect(new Set(documented.map((it) => `${it.domain} ${it.name}`)).size).toBe(156);
});

test('a message that no document has is explained by a decision', () => {
  const reasons = domains.flatMap(([, { added = {} }]) => Object.values(added));
  const files = [...new Set(reasons)].map((it) => new URL(`../docs/decisions/${it}.md`, import.meta.url));
  expect(files.filter((it) => !existsSync(it)).map(String)).toEqual([]);
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
    const documented = messages.filter((it) => !addedBy(domain, it.key));
    expect(documented.map((it) => `${it.kind} ${it.key} ${it.version}`).sort()).toEqual(
      facts.messages.map((it) => `${it.kind} ${it.key} ${it.version}`).sort(),
    );
    const added = messages.filter((it) => addedBy(domain, it.key)).map((it) => it.key);
    expect(added.sort()).toEqual(Object.keys(facts.added ?? {}).sort());
  });

  test('a refused command is answered by an event that names each of its failures', () => {
    for (const command of messages.filter((it) => it.kind === 'command' && it.contract.failures.length > 0)) {
      const refusals = messages.filter(
        (it) => it.key.endsWith('CommandRefused') && command.contract.leadsTo.includes(it.name),
      );
      expect(refusals, `what a refused ${command.key} leads to`).toHaveLength(1);
      for (const refusal of refusals) {
        expect(codesOf(refusal, 'command')).toContain(command.name);
        expect(codesOf(refusal, 'failure')).toEqual(
          expect.arrayContaining(command.contract.failures.map(failureCode)),
        );
        const own = sendersOf(workspace, refusal.id).map((it) => it.name);
        const callers = sendersOf(workspace, command.id).map((it) => it.name);
        const told = consumersOf(workspace, refusal.id).map((it) => it.name);
        expect(told, `who hears that ${command.key} was refused`).toEqual(
          expect.arrayContaining(
            callers.filter((it) => !own.includes(it) && !TRUSTING.has(`${it} ${command.key}`)),
          ),
        );
      }
    }
  });

  test('an event that names refusals names no failure that no command has', () => {
    for (const refusal of messages.filter((it) => it.key.endsWith('CommandRefused'))) {
      const commands = messages.filter((it) => it.contract.leadsTo.includes(refusal.name));
      expect(codesOf(refusal, 'command').toSorted()).toEqual(commands.map((it) => it.name).sort());
      const failures = new Set(commands.flatMap((it) => it.contract.failures.map(failureCode)));
      expect(codesOf(refusal, 'failure').toSorted()).toEqual([...failures].sort());
    }
  });

  test('has every service that the documents name', () => {
    const services = workspace.services.filter((it) => it.domain === domain).map((it) => it.name);
    expect(services).toEqual(expect.arrayContaining(Object.values(facts.services)));
  });

  test.each(known)('%s is sent and received by whom the documents say', (_, expected) => {
    const message = messageOf(messages, expected);
    const { consumers = [], decidedConsumers = [] } = expected;
    const named = [...consumers, ...decidedConsumers].map((it) => facts.services[it]);
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
    const { failures, decidedFailures = [] } = expected;
    if (failures) expect(contract.failures).toEqual([...failures, ...decidedFailures]);
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

/** Senders that cannot be refused, or for whom a refusal changes nothing: they ask, and look no further. */
const TRUSTING = new Set(['order ClearCart']);

/** The decision by which a message was added that no document has. */
function addedBy(domain: string, key: string): string | undefined {
  return inventory.domains[domain]?.added?.[key];
}

/** A failure in words as a code for programs: `Token expired` is `TOKEN_EXPIRED`. */
function failureCode(failure: string): string {
  return failure.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
}

/** The values that a field of a message's data may have. */
function codesOf(message: Message, field: string): readonly string[] {
  const payload = schemaOf(message.payload);
  const data = message.contract.envelope.data?.path.join('/') ?? '';
  const schema = fieldOf(fieldOf(payload, data, payload) ?? false, field, payload) ?? false;
  const values = flatten(schema, payload).enum;
  return Array.isArray(values) ? values.map(String) : [];
}

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
