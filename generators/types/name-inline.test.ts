import { load, memoryReader } from '@chirograph/contract/load';
import { expect, it } from 'vitest';
import { generate } from '../index.ts';

/** The names of the types of a message `M` with this payload, and of the schemas beside it. */
async function typesOf(payload: object, schemas: object = {}) {
  const text = JSON.stringify({
    asyncapi: '3.1.0',
    info: { title: 'T', version: '1.0.0' },
    channels: { c: { address: 'c', messages: { M: { payload } } } },
    operations: { send: { action: 'send', channel: { $ref: '#/channels/c' } } },
    components: { schemas },
  });
  const { workspace } = load(memoryReader({ 'specs/d/d.asyncapi.json': text }));
  const files = await generate(workspace, { importExtension: '.ts' });
  const types = files.find((file) => file.path === 'd/types.ts')?.text ?? '';
  return {
    types,
    names: [...types.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name),
  };
}

const object = (properties: object) => ({ type: 'object', properties });
const listOf = (items: object) => ({ type: 'array', items });
const thing = object({ a: { type: 'string' } });

it('names each object that is described in place, however deep, after what it is a part of', async () => {
  const line = object({ price: object({ amount: { type: 'integer' } }), sku: { type: 'string' } });
  const { names, types } = await typesOf(object({ order: object({ lines: listOf(line) }) }));
  expect(names).toEqual(['M', 'MOrder', 'MOrderLine', 'MOrderLinePrice']);
  expect(types).toContain('readonly lines?: readonly MOrderLine[];');
  expect(types).toContain('/** One of the `lines` of `MOrder`. */\nexport interface MOrderLine {');
  expect(types).toContain('/** The `price` of `MOrderLine`. */\nexport interface MOrderLinePrice {');
});

it.each([
  ['entries', 'MEntry'],
  ['boxes', 'MBox'],
  ['addresses', 'MAddress'],
  ['houses', 'MHouse'],
  ['line-items', 'MLineItem'],
  ['status', 'MStatusItem'],
  ['sheep', 'MSheepItem'],
])('calls one of the %s %s', async (key, name) => {
  expect((await typesOf(object({ [key]: listOf(thing) }))).names).toEqual(['M', name]);
});

it('names one that may be null, and one of a list that is a type of its own', async () => {
  const nullable = { ...thing, type: ['object', 'null'] };
  expect((await typesOf(object({ outer: object({ inner: nullable }) }))).types).toContain(
    'readonly inner?: MOuterInner | null;',
  );
  expect((await typesOf(listOf(thing))).names).toEqual(['M', 'MItem']);
});

it('leaves in place what has more than one shape, and what is a map', async () => {
  const other = object({ b: { type: 'string' } });
  const map = { type: 'object', additionalProperties: { type: 'integer' } };
  expect((await typesOf(object({ either: { oneOf: [thing, other] }, map }))).names).toEqual(['M']);
});

it('takes no name that another type has', async () => {
  const { names, types } = await typesOf(
    object({ lines: listOf(thing), other: { $ref: '#/components/schemas/MLine' } }),
    {
      MLine: object({ mine: { type: 'string' } }),
    },
  );
  expect(names).toEqual(['M', 'MLine']);
  expect(types).toContain('export interface MLine {\n  readonly mine?: string;\n}');
});

it('says nothing twice that a base says', async () => {
  const base = object({ meta: thing, lines: listOf(thing) });
  const { names } = await typesOf(
    { allOf: [{ $ref: '#/components/schemas/Base' }, object({ more: { type: 'string' } })] },
    { Base: base },
  );
  expect(names).toEqual(['Base', 'BaseMeta', 'BaseLine', 'M']);
});
