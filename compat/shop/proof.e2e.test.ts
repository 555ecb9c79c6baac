import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load, memoryReader } from '@chirograph/contract/load';
import { messagesOf, type Workspace } from '@chirograph/contract/model';
import { generate } from '@chirograph/generators';
import type { Broker, ParkedSummary, Store } from '@chirograph/runtime';
import { testBus } from '@chirograph/runtime/testing';
import { joinPointer } from '@chirograph/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proofFolder, writeOutput } from '../../generators/proof/prove.ts';
import { compare, type Finding, judge } from '../index.ts';
import { SHOP_CHANGES, withChange } from './changes.ts';
import { filesOf } from './files-of.ts';

/**
 * The proof of the proofs: each witness is published by the generated code of the side that may write it, and received by
 * the generated code of the side that is said to refuse it. The one must send it, the other must turn it down for the
 * very reason foretold.
 */
const WITH_WITNESS = ['01', '02', '03', '04', '05', '06'];

const changes = SHOP_CHANGES.filter(({ name }) => WITH_WITNESS.includes(name.slice(0, 2)));
const files = filesOf('specs/shop');
const base = load(memoryReader(files)).workspace;
const FOLDER = proofFolder('compat');
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

describe.each(changes.map((it) => [it.name, it] as const))('%s', (name, change) => {
  const head = load(memoryReader(withChange(files, change))).workspace;
  const findings = judge({ base, head, changes: compare(base, head) }, { today: '2026-06-01' });
  const proofs = findings.flatMap((finding) =>
    finding.impacts.flatMap(({ direction, witness }) => (witness ? [{ finding, direction, witness }] : [])),
  );
  let code: Readonly<Record<'base' | 'head', string>>;
  beforeAll(async () => {
    code = { base: await written('base', base), head: await written(name, head) };
  });

  it('has witnesses', () => {
    expect(proofs.length).toBeGreaterThan(0);
  });

  it.each(proofs.map((it) => [`${it.finding.change.subject.label} ${it.direction}`, it] as const))(
    '%s is sent and refused as foretold',
    async (_, { finding, direction, witness }) => {
      const [writer, reader] =
        direction === 'FORWARD' ? (['head', 'base'] as const) : (['base', 'head'] as const);
      const states = { base, head };
      const bus = testBus();
      const receivers = servicesOf(states[reader], finding, reader, 'receive');
      const consumers = await Promise.all(
        receivers.map((service) => consumerOf(code[reader], service, bus, bus.store)),
      );
      await Promise.all(consumers.map((it) => it.start()));

      const [sender = ''] = servicesOf(states[writer], finding, writer, 'send');
      const send = await producerMethod(code[writer], sender, keyOf(states[writer], finding, writer), bus);
      await send(witness.value);
      await bus.settled();

      expect(bus.published).toHaveLength(1);
      expect(receivers).not.toEqual([]);
      const { path, property, keyword } = witness.refusal;
      const foretold = {
        pointer: joinPointer(property === undefined ? path : [...path, property]),
        rule: keyword,
      };
      for (const service of receivers) {
        const [dead, ...others] = await deadLetters(bus.store, service);
        expect(others).toEqual([]);
        expect(dead?.state).toMatchObject({ kind: 'dead', reason: 'invalid' });
        expect(dead?.failure?.violations).toContainEqual(expect.objectContaining(foretold));
      }
      await Promise.all(consumers.map((it) => it.stop()));
      await bus.close();
    },
  );
});

interface Startable {
  start(): Promise<void>;
  stop(): Promise<void>;
}

function idOf({ change }: Finding, side: 'base' | 'head'): string {
  return change.subject[side] ?? '';
}

/** The services that send or receive the message of a finding. */
function servicesOf(
  workspace: Workspace,
  finding: Finding,
  side: 'base' | 'head',
  action: 'send' | 'receive',
): string[] {
  const message = idOf(finding, side);
  return workspace.services
    .filter(({ id }) => messagesOf(workspace, id, action).some((it) => it.id === message))
    .map(({ name }) => name);
}

function keyOf({ messages }: Workspace, finding: Finding, side: 'base' | 'head'): string {
  const key = messages.find(({ id }) => id === idOf(finding, side))?.key ?? '';
  return `${key.charAt(0).toLowerCase()}${key.slice(1)}`;
}

async function producerMethod(
  code: string,
  service: string,
  method: string,
  bus: Broker,
): Promise<(payload: unknown) => Promise<unknown>> {
  const make = await exported(join(code, 'shop/producers', `${service}.ts`), 'Producer');
  const producer = make(bus) as Readonly<Record<string, (payload: unknown) => Promise<unknown>>>;
  const send = producer[method];
  if (!send) throw new Error(`${service} has no method ${method}`);
  return send;
}

async function consumerOf(code: string, service: string, bus: Broker, store: Store): Promise<Startable> {
  const make = await exported(join(code, 'shop/consumers', `${service}.ts`), 'Consumer');
  const handlers = new Proxy({}, { get: () => () => expect.unreachable('the message was handled') });
  return make(bus, { store }, handlers) as Startable;
}

async function exported(file: string, ending: string): Promise<(...args: readonly unknown[]) => unknown> {
  const module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  const found = Object.entries(module).find(([name]) => name.endsWith(ending))?.[1];
  if (typeof found !== 'function') throw new Error(`${file} exports no ${ending}`);
  return found as (...args: readonly unknown[]) => unknown;
}

async function deadLetters(store: Store, service: string): Promise<readonly ParkedSummary[]> {
  return store.transaction((tx) => tx.parked.list({ consumer: service, state: 'dead', limit: 100 }));
}

const known = new Map<string, Promise<string>>();

/** The generated code of a workspace in a folder of its own, written once. */
function written(name: string, workspace: Workspace): Promise<string> {
  const made = known.get(name) ?? write(join(FOLDER, name), workspace);
  known.set(name, made);
  return made;
}

async function write(target: string, workspace: Workspace): Promise<string> {
  writeOutput(target, await generate(workspace, { importExtension: '.ts' }));
  return target;
}
