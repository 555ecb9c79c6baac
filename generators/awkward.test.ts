import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load, memoryReader } from '@chirograph/contract/load';
import type { Samples } from '@chirograph/runtime/samples';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { generate } from './generate.ts';
import { compilerOutput, proofFolder, writeOutput } from './proof/prove.ts';
import type { GeneratedFile, OutputOptions } from './source/generator.ts';

/** Contracts that are legal and that nobody would write on purpose: what is generated from them compiles and runs. */
describe('awkward contracts', { timeout: 120_000 }, () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const it of folders) rmSync(it, { recursive: true, force: true });
  });

  /** The generated modules, by their path, and their text; after the compiler has agreed to them. */
  const generated = async (
    name: string,
    files: Record<string, string>,
    options: Partial<OutputOptions> = {},
  ) => {
    const { workspace, diagnostics } = load(memoryReader(files));
    expect(diagnostics.filter((it) => it.severity === 'error')).toEqual([]);
    const folder = proofFolder(name);
    folders.push(folder);
    const texts = await generate(workspace, { importExtension: '.ts', ...options });
    writeOutput(folder, texts);
    expect(compilerOutput(folder)).toBe('');
    const module = async (path: string) =>
      (await import(pathToFileURL(join(folder, path)).href)) as Record<string, unknown>;
    return { module, texts, text: (path: string) => texts.find((it) => it.path === path)?.text };
  };

  it('reads patterns that are valid without the flag `u` alone', async () => {
    const { module } = await generated('patterns', {
      'specs/mail/mail.asyncapi.json': documentOf({
        MailSent: {
          type: 'object',
          required: ['to'],
          properties: {
            to: { type: 'string', pattern: "^[\\w\\@]+\\:\\_\\'$" },
            country: { type: 'string', pattern: '^[A-Z\\-\\_]{2}$' },
            range: { type: 'string', pattern: '^[\\w-.]{3}$' },
            emoji: { type: 'string', pattern: '^.$' },
          },
          patternProperties: { '^x\\@': { type: 'integer' } },
          additionalProperties: false,
        },
      }),
    });
    const { isMailSent } = (await module('mail/validators.ts')) as Record<string, (it: unknown) => boolean>;
    expect(isMailSent?.({ to: "a@b:_'", country: 'A-', range: 'a-.', emoji: '😀', 'x@': 1 })).toBe(true);
    expect(isMailSent?.({ to: 'a@b' })).toBe(false);
    expect(isMailSent?.({ to: "a@b:_'", range: 'a b' })).toBe(false);
    expect(isMailSent?.({ to: "a@b:_'", 'x@': '1' })).toBe(false);
    expect(isMailSent?.({ to: "a@b:_'", 'y@': 1 })).toBe(false);
    const { mailSent } = (await module('mail/samples.ts')) as Record<string, Samples<unknown>>;
    expect(mailSent?.list(5)).toHaveLength(5);
  });

  it('takes names in every script', async () => {
    const { module, text } = await generated('scripts', {
      'specs/mail/types.yaml': [
        'schemas: { Größe: { type: integer }, "注文/番号 1%": { type: string } }',
        'Länge: { type: object, required: [cm], properties: { cm: { type: number } } }',
      ].join('\n'),
      'specs/mail/farbe.schema.json': '{ "type": "string" }',
      'specs/mail/mail.asyncapi.json': documentOf({
        Maß: {
          type: 'object',
          required: ['größe'],
          properties: {
            größe: { $ref: 'types.yaml#/schemas/Größe' },
            länge: { $ref: 'types.yaml#/Länge' },
            farbe: { $ref: 'farbe.schema.json' },
            nummer: { $ref: 'types.yaml#/schemas/注文~1番号 1%25' },
          },
        },
        注文: { type: 'object', required: ['番号'], properties: { 番号: { type: 'integer' } } },
        Ärger: {
          type: 'object',
          properties: {
            kinder: { type: 'array', items: { $ref: '#/channels/channel2/messages/Ärger/payload' } },
          },
        },
      }),
    });
    const guards = (await module('mail/validators.ts')) as Record<string, (it: unknown) => boolean>;
    expect(guards.isMaß?.({ größe: 1, länge: { cm: 2 }, nummer: '3' })).toBe(true);
    expect(guards.isMaß?.({ größe: 'x' })).toBe(false);
    expect(guards.isMaß?.({ größe: 1, länge: {} })).toBe(false);
    expect(guards.is注文?.({ 番号: 1 })).toBe(true);
    expect(guards.is注文?.({ 番号: '1' })).toBe(false);
    expect(guards.isÄrger?.({ kinder: [{ kinder: [] }] })).toBe(true);
    expect(guards.isÄrger?.({ kinder: [{ kinder: 1 }] })).toBe(false);
    expect(Object.keys(await module('mail/messages.ts'))).toEqual(
      expect.arrayContaining(['maß', 'parseMaß', '注文Message', 'ärger']),
    );
    const types = text('mail/types.ts');
    expect(types).toMatch(/export interface Länge /);
    expect(types).toMatch(/export type Farbe /);
    expect(types).not.toMatch(/\bSchema\b/);
  });

  it('types no more than the guard of the dialect checks', async () => {
    const schema = {
      type: 'object',
      required: ['place'],
      properties: {
        place: { type: 'array', prefixItems: [{ type: 'number' }, { type: 'number' }], minItems: 2 },
        name: { type: 'string' },
      },
      dependentRequired: { name: ['first'] },
      unevaluatedProperties: false,
    };
    const { module, text } = await generated('dialects', {
      'specs/map/map.asyncapi.json': documentOf({
        Old: schema,
        New: { schemaFormat: 'application/schema+json;version=2020-12', schema },
      }),
    });
    const types = text('map/types.ts');
    expect(types).toMatch(/interface Old \{\s+readonly place: readonly unknown\[\];/);
    expect(types).toMatch(/interface New \{\s+readonly place: readonly \[number, number, /);
    const { isOld, isNew } = (await module('map/validators.ts')) as Record<string, (it: unknown) => boolean>;
    expect(isOld?.({ place: ['a', 'b'], name: 'x' })).toBe(true);
    expect(isNew?.({ place: ['a', 'b'] })).toBe(false);
    expect(isNew?.({ place: [1, 2], name: 'x' })).toBe(false);
    expect(isNew?.({ place: [1, 2] })).toBe(true);
  });

  it('tells of headers that messages share by what the headers are called', async () => {
    const document = documentOf(
      { Sent: ORDER, Returned: ORDER },
      {
        message: { headers: { $ref: '#/components/schemas/EventHeaders' } },
        schemas: {
          OrderId: { type: 'string' },
          EventHeaders: { type: 'object', properties: { trace: { type: 'string' } } },
        },
      },
    );
    const { text } = await generated('headers', { 'specs/mail/mail.asyncapi.json': document });
    expect(text('mail/validators.ts')).toMatch(
      /\/\*\* Are they EventHeaders\? Others .* \*\/\nexport const isEventHeaders: /,
    );
  });

  it('names the source of one service, and its version', async () => {
    const of = (version: string) =>
      documentOf({ Sent: ORDER }).replace('"version":"1.0.0"', `"version":"${version}"`);
    const one = { 'specs/mail/mail.asyncapi.json': of('2.3.0') };
    const { text } = await generated('version', one);
    expect(text('mail/types.ts')).toMatch(/^.* from specs\/mail\/mail\.asyncapi\.json 2\.3\.0\. Do not edit/);
    const two = await generated('versions', { ...one, 'specs/mail/more.asyncapi.json': of('1.0.0') });
    expect(two.text('mail/types.ts')).toMatch(/^.* from specs\/mail\. Do not edit/);
  });

  it('gives each export of a scope a name of its own', async () => {
    const sets = fc.sample(fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 2, maxLength: 9 }), {
      numRuns: 40,
      seed: SEED,
    });
    const files = [...PAIRS, ...sets].map((names, i) => [
      `specs/set${i}/set.asyncapi.json`,
      documentOf(Object.fromEntries(names.map((it) => [it, ORDER])), MORE),
    ]);
    const { texts } = await generated('names', Object.fromEntries(files), { ids: 'branded' });
    for (const { path, names } of exportsOf(texts)) expect(names, path).toEqual([...new Set(names)]);
  });

  it('calls type and value differently where a name begins with a digit', async () => {
    const { text } = await generated('digits', {
      'specs/mail/mail.asyncapi.json': documentOf({ '3day-report': ORDER }),
    });
    expect(text('mail/messages.ts')).toMatch(/export const _3dayReportMessage: MessageContract<_3dayReport>/);
    expect(text('mail/messages.ts')).not.toMatch(/import .* as /);
  });
});

/** Messages whose names are made of each other's, and of what generated code calls its own. */
const PAIRS = [
  ['Invoice', 'ParseInvoice'],
  ['Order', 'OrderHeaders'],
  ['Order', 'NewOrder'],
  ['OrderOnOther', 'order'],
];

const NAMES =
  `Order order ORDER order-headers NewOrder NewNewOrder NewOrderHeaders OrderHeaders OrderHeaders2 NewOrderMessage
  OrderParameters NewOrderParameters NewOrderOnOtherParameters OrderOnOther OrderOnOther2 OrderOnOtherParameters OrderV1
  Order2 OrderData OrderMessage orderMessage ParseOrder parse_order IsOrder IsOrderHeaders ParseOrderId IsOrderId OrderId
  NewOrderId OrderMessageV1 Filled FilledHeaders Envelope EnvelopeWithoutSubject Array Promise class constructor Validator
  MessageContract Unsent UnsentOneOf Brand Wire Texts Samples Producer SetProducer SetHandlers ValidateOrder 3day-report
  3dayReport _3dayReport 404 Größe 注文 ordem-ção`.split(/\s+/);

const SEED = Number(process.env.FC_SEED ?? 20);

/** An order with an id, and an object written in place. */
const ORDER = {
  type: 'object',
  required: ['id', 'data'],
  properties: {
    id: { $ref: '#/components/schemas/OrderId' },
    data: { type: 'object', properties: { n: { type: 'integer' } } },
  },
};

/** Headers of each message's own, and a second channel with an address of parts. */
const MORE = {
  message: { headers: { type: 'object', properties: { trace: { type: 'string' } } } },
  schemas: { OrderId: { type: 'string', format: 'uuid' } },
  other: { address: 'other.{place}', parameters: { place: {} } },
};

/** The names that `types.ts`, `messages.ts` and `validators.ts` of each domain export, as they stand in the text. */
function exportsOf(files: readonly GeneratedFile[]): { path: string; names: string[] }[] {
  const own = files.filter(({ path }) => /\/(types|messages|validators)\.ts$/.test(path));
  return [...Map.groupBy(own, ({ path }) => path.split('/')[0] ?? '')].map(([path, texts]) => ({
    path,
    names: texts.flatMap(({ text }) =>
      [...text.matchAll(/^export (?:const|function|interface|type) ([\p{L}\p{N}_$]+)/gmu)].map(
        ([, name = '']) => name,
      ),
    ),
  }));
}

/** What a document has beside its messages, each on a channel of its own. */
interface More {
  /** Said of every message. */
  readonly message?: object;
  readonly schemas?: object;
  /** A channel for all of them. */
  readonly other?: object;
}

/** A service that sends and receives messages with these payloads. */
function documentOf(
  payloads: Record<string, object>,
  { message, schemas = { OrderId: { type: 'string' } }, other }: More = {},
): string {
  const keys = Object.keys(payloads);
  // Keys of components have a pattern; those of a channel's messages have none.
  const messageOf = (key: string, i: number) => ({
    name: `awkward.${i}`,
    payload: payloads[key],
    ...message,
  });
  const refTo = (key: string) => ({
    $ref: `#/channels/channel${keys.indexOf(key)}/messages/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
  });
  const channels = Object.fromEntries([
    ...keys.map((key, i) => [
      `channel${i}`,
      { address: `awkward.${i}`, messages: { [key]: messageOf(key, i) } },
    ]),
    ...(other
      ? [['other', { ...other, messages: Object.fromEntries(keys.map((it) => [it, refTo(it)])) }]]
      : []),
  ]);
  return JSON.stringify({
    asyncapi: '3.0.0',
    info: { title: 'Awkward', version: '1.0.0' },
    channels,
    operations: Object.fromEntries(
      Object.keys(channels).flatMap((it) =>
        (['send', 'receive'] as const).map((action) => [
          `${action}-${it}`,
          { action, channel: { $ref: `#/channels/${it}` } },
        ]),
      ),
    ),
    components: { schemas },
  });
}
