import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { folderReader, load, memoryReader } from '@chirograph/contract/load';
import { createProducer, type MessageContract, receive } from '@chirograph/runtime';
import type { Samples } from '@chirograph/runtime/samples';
import { recordingPublisher } from '@chirograph/runtime/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AmbiguousDatesError, generate, type OutputOptions, scopesOf } from './index.ts';
import { compilerOutput, proofFolder, writeOutput } from './proof/prove.ts';

const ROOT = join(import.meta.dirname, '..');
const FOLDER = proofFolder('options');

/** Every option that is off by default, on. */
const OPTIONS: OutputOptions = { importExtension: '.ts', layout: 'service', dates: 'Date', ids: 'branded' };

const ours = load(
  folderReader(ROOT, ['specs/checkout', 'specs/loyalty', 'specs/learning-platform']),
).workspace;

/** `archive` knows the two older versions only, and wants the oldest as the one after it. */
const versions = workspaceOf(`
asyncapi: 3.1.0
info: { title: Parcels, version: 1.0.0 }
channels:
  parcels:
    address: parcels
    messages: { Sent1: { $ref: '#/components/messages/Sent1' }, Sent2: { $ref: '#/components/messages/Sent2' }, Sent3: { $ref: '#/components/messages/Sent3' } }
operations:
  archive:
    action: receive
    channel: { $ref: '#/channels/parcels' }
    messages: [{ $ref: '#/channels/parcels/messages/Sent1' }, { $ref: '#/channels/parcels/messages/Sent2' }]
components:
  messages:
    Sent1: { name: parcel.sent, x-contract: { version: '1.0' }, payload: { type: object, properties: { at: { type: string } } } }
    Sent2: { name: parcel.sent, x-contract: { version: '2.0' }, payload: { type: object, properties: { at: { type: string } } } }
    Sent3: { name: parcel.sent, x-contract: { version: '3.0' }, payload: { type: object, properties: { at: { type: integer } } } }
`);

describe('a layout by service, dates and branded ids, all at once', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    writeOutput(FOLDER, [...(await generate(ours, OPTIONS)), ...(await generate(versions, OPTIONS))]);
  }, 60_000);
  afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

  it('compile, and hold what they promise at compile time', () => {
    writeFileSync(
      join(FOLDER, 'use.ts'),
      [
        "import type { OrderId, OrderPaidData, UserId } from './checkout/order-service/types.ts';",
        "import { isOrderId } from './checkout/order-service/validators.ts';",
        "import { parseOrderId } from './checkout/order-service/messages.ts';",
        "import type { PointsEarned } from './loyalty/tier/types.ts';",
        'declare const [text, user, event]: [string, UserId, PointsEarned];',
        'export const at: number = event.timestamp.getTime();',
        'export const known: OrderId[] = [parseOrderId(text), ...[text].filter(isOrderId)];',
        'export const plain: string = user;',
        '// @ts-expect-error: text is no id',
        "export const data: Pick<OrderPaidData, 'order_id'> = { order_id: text };",
        '// @ts-expect-error: one id is not another',
        'export const other: OrderId = user;',
        '',
      ].join('\n'),
    );
    expect(compilerOutput(FOLDER)).toBe('');
  });

  it("give each service a folder that holds its own messages and needs nobody else's", async () => {
    const all = await generate(ours, OPTIONS);
    for (const scope of ours.domains.flatMap(({ name }) => scopesOf(ours, name, OPTIONS))) {
      const files = all.filter((it) => it.path.startsWith(`${scope.folder}/`));
      if (scope.messages.length === 0) continue;
      expect(files.map((it) => it.path)).toContain(`${scope.folder}/types.ts`);
      for (const { text } of files) expect(text).not.toMatch(/from '\.\.\//);
    }
    const audit = await moduleAt('loyalty/audit/validators.ts');
    expect(Object.keys(audit)).toEqual(['isLoyaltyProgramCreated']);
  });

  it('carry dates as text, and give them back', async () => {
    let count = 0;
    for (const scope of ours.domains.flatMap(({ name }) => scopesOf(ours, name, OPTIONS))) {
      if (scope.messages.length === 0) continue;
      const contracts = await moduleAt(`${scope.folder}/messages.ts`);
      const samples = await moduleAt(`${scope.folder}/samples.ts`);
      for (const message of scope.messages) {
        if (message.headers !== undefined) continue;
        const contract = contracts[scope.names.valueOf(message)] as MessageContract<unknown>;
        const parse = contracts[`parse${scope.names.typeOf(message)}`] as (value: unknown) => unknown;
        const made = samples[scope.names.valueOf(message)] as Samples<object>;
        for (const it of made.list(4)) {
          const recorded = recordingPublisher();
          const send = createProducer('proof', recorded);
          const sent = await send(contract, it);
          expect(sent).toMatchObject(it);
          const wire: unknown = JSON.parse(new TextDecoder().decode(recorded.published[0]?.message.body));
          expect(parse(wire)).toEqual(sent);
          expect(await handled(contract, wire)).toEqual(sent);
          expect(wire).toEqual(JSON.parse(JSON.stringify(sent)));
          if (Object.values(it).some((value) => value instanceof Date)) count += 1;
        }
        expect(contract.validate(made.invalid().value)).toBe(false);
      }
    }
    expect(count).toBeGreaterThan(40);
  });

  it.each([
    [
      'a date in one branch and other text in another',
      '{ oneOf: [{ type: object, properties: { at: { type: string, format: date-time } } }, { type: object, properties: { at: { type: string } } }] }',
    ],
    [
      'has dates and contains itself',
      "{ type: object, properties: { at: { type: string, format: date-time }, then: { $ref: '#/components/messages/Odd/payload' } } }",
    ],
  ])('are refused where nobody could tell: %s', async (reason, payload) => {
    const odd = workspaceOf(`
asyncapi: 3.1.0
info: { title: Odd, version: 1.0.0 }
channels: { odd: { address: odd, messages: { Odd: { $ref: '#/components/messages/Odd' } } } }
operations: { send: { action: send, channel: { $ref: '#/channels/odd' } } }
components: { messages: { Odd: { payload: ${payload} } } }
`);
    await expect(generate(odd, OPTIONS)).rejects.toThrow(AmbiguousDatesError);
    await expect(generate(odd, OPTIONS)).rejects.toThrow(reason);
    await expect(generate(odd, { importExtension: '.ts' })).resolves.toBeDefined();
  });
});

function workspaceOf(document: string) {
  const { workspace, diagnostics } = load(memoryReader({ 'specs/made-up/made-up.asyncapi.yaml': document }));
  expect(diagnostics.filter((it) => it.severity === 'error')).toEqual([]);
  return workspace;
}

async function moduleAt(path: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(join(FOLDER, path)).href)) as Record<string, unknown>;
}

async function handled(contract: MessageContract<unknown>, payload: unknown): Promise<unknown> {
  let seen: unknown;
  const [accepted] = receive(contract, (message) => {
    seen = message;
  });
  const opened = accepted?.open({ payload, headers: {} }, contract.channel);
  if (opened?.kind === 'ready') await opened.run({} as never);
  return seen;
}
