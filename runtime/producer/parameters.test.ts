import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { receive } from '../consumer/receive.ts';
import { ContractViolationError, type MessageContract, type Validator } from '../contract/index.ts';
import { recordingPublisher } from '../testing/recording-publisher.ts';
import { createProducer, type SendOptionsWith } from './create-producer.ts';

interface Placed {
  readonly region?: 'eu' | 'us';
}

interface PlacedParameters {
  readonly region: 'eu' | 'us';
  readonly shop: string;
}

const accept = ((_: unknown): _ is Placed => true) as Validator<Placed>;

const placed: MessageContract<Placed, unknown, PlacedParameters> = {
  name: 'order.placed',
  version: '1.0',
  kind: 'event',
  channel: 'orders.{region}.{shop}.placed',
  parameters: {
    region: { values: ['eu', 'us'], location: { in: 'payload', path: ['region'] } },
    shop: { default: 'main' },
  },
  contentType: 'application/json',
  envelope: {},
  identity: [],
  validate: accept,
};

async function addressOf(
  message: Placed,
  options: { parameters?: object; channel?: string } = {},
  contract: MessageContract<Placed> = placed,
): Promise<string | undefined> {
  const recorded = recordingPublisher();
  const send = createProducer('shop', recorded);
  await send(contract, message, options);
  return recorded.published[0]?.message.channel;
}

async function refusal(...given: Parameters<typeof addressOf>): Promise<readonly object[]> {
  const error = await addressOf(...given).catch((thrown: unknown) => thrown);
  if (!(error instanceof ContractViolationError)) throw new Error(`not refused: ${error}`);
  return error.violations;
}

describe('the parameters of a channel, to a producer', () => {
  it('are what is given, else what the message says, else the default', async () => {
    const parameters = { region: 'us', shop: 'cork' };
    expect(await addressOf({}, { parameters })).toBe('orders.us.cork.placed');
    expect(await addressOf({ region: 'eu' }, {})).toBe('orders.eu.main.placed');
    expect(await addressOf({}, { channel: 'inbox.17' })).toBe('inbox.17');
  });

  it.each<[string, Placed, object, object]>([
    ['missing', {}, {}, { pointer: 'parameters/region', rule: 'required', found: 'nothing' }],
    ['of no known value', {}, { region: 'mars' }, { rule: 'enum', expected: 'one of "eu", "us"' }],
    ['against the message', { region: 'eu' }, { region: 'us' }, { rule: 'location', found: '"us"' }],
    ['misspelt', { region: 'eu' }, { shops: 'x' }, { pointer: 'parameters/shops', rule: 'unknown' }],
    ['two words', { region: 'eu' }, { shop: 'a.b' }, { pointer: 'parameters/shop', rule: 'word' }],
    ['a path', { region: 'eu' }, { shop: 'a/b' }, { rule: 'word' }],
    ['a wildcard', { region: 'eu' }, { shop: '*' }, { rule: 'word' }],
    ['blank', { region: 'eu' }, { shop: 'a b' }, { rule: 'word' }],
    ['empty', { region: 'eu' }, { shop: '' }, { rule: 'word', found: '""' }],
  ])('are refused when %s', async (_, message, parameters, violation) => {
    expect(await refusal(message, { parameters })).toMatchObject([violation]);
  });

  it('are refused when they could not be told apart again', async () => {
    const dashed = { ...placed, channel: 'orders.{region}-{shop}', parameters: {} };
    expect(await addressOf({}, { parameters: { region: 'eu', shop: 'b' } }, dashed)).toBe('orders.eu-b');
    const parameters = { region: 'eu', shop: 'b-c' };
    expect(await refusal({}, { parameters }, dashed)).toMatchObject([{ rule: 'word' }, { rule: 'word' }]);
  });

  it('arrive as they were given, or are refused', async () => {
    const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[\w=%~-]+$/));
    await fc.assert(
      fc.asyncProperty(value, value, async (a, b) => {
        const contract = { ...placed, channel: 'x/{a}-{b}.v{a}', parameters: {} };
        const address = await addressOf({}, { parameters: { a, b } }, contract).catch(() => undefined);
        if (address === undefined) return;
        let seen: object | undefined;
        const [accepted] = receive(contract, (_, { received }) => {
          seen = received.parameters;
        });
        const opened = accepted?.open({ payload: {}, headers: {} }, address);
        if (opened?.kind === 'ready') await opened.run({} as never);
        expect(seen).toEqual({ a, b });
      }),
    );
  });

  it('need not be given where the producer knows them', () => {
    type Options = SendOptionsWith<Readonly<Record<string, string>>, Pick<PlacedParameters, 'region'>>;
    expectTypeOf<Options['parameters']>().toEqualTypeOf<{ readonly region: 'eu' | 'us' }>();
    expectTypeOf<Record<never, never>>().toExtend<
      SendOptionsWith<Readonly<Record<string, string>>, Partial<PlacedParameters>>
    >();
  });
});

describe('the parameters of a channel, to a consumer', () => {
  it('are typed and checked', async () => {
    let seen: PlacedParameters | undefined;
    const [accepted] = receive(placed, (_, { received }) => {
      expectTypeOf(received.parameters).toEqualTypeOf<PlacedParameters>();
      seen = received.parameters;
    });
    const open = (address: string) => accepted?.open({ payload: {}, headers: {} }, address);
    const opened = open('orders.eu.cork.placed');
    if (opened?.kind === 'ready') await opened.run({} as never);
    expect(seen).toEqual({ region: 'eu', shop: 'cork' });
    expect(open('orders.mars.cork.placed')).toMatchObject({
      kind: 'refused',
      reason: 'invalid',
      violations: [{ pointer: 'parameters/region', rule: 'enum', found: '"mars"' }],
    });
    expect(open('elsewhere')).toMatchObject({
      problem: expect.stringContaining('orders.{region}.{shop}.placed, found "elsewhere" (address)'),
    });
  });
});
