import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load, memoryReader } from '@chirograph/contract/load';
import type { Samples } from '@chirograph/runtime/samples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../generate.ts';
import { compilerOutput, proofFolder, writeOutput } from '../proof/prove.ts';

const FOLDER = proofFolder('lifelike');

const BOX = `asyncapi: 3.1.0
info: { title: Boxes, version: 1.0.0 }
channels: { boxes: { address: boxes, messages: { Packed: { $ref: '#/components/messages/Packed' } } } }
operations: { pack: { action: send, channel: { $ref: '#/channels/boxes' } } }
components:
  messages:
    Packed: { name: packed, payload: { $ref: '#/components/schemas/Packed' } }
  schemas:
    Packed:
      type: object
      additionalProperties: false
      required: [weight_grams, note, from, colour, box, formula, nest, recipient, first-name, lastName, buyer, city, capacity, paidBy]
      properties:
        weight_grams: { type: integer, minimum: 0 }
        note: { type: [string, 'null'] }
        from: { type: string, examples: [Cork] }
        orderId: { type: string, format: uuid, examples: [3f1c0f5e-7f4e-4c3b-9d55-0a6f1c1f2b7d] }
        colour: { oneOf: [{ const: red, description: Warm. }, { const: blue }] }
        box: { $ref: '#/components/schemas/Box' }
        formula: { $ref: '#/components/schemas/Formula' }
        nest: { $ref: '#/components/schemas/Nest' }
        recipient: { type: string }
        first-name: { type: string }
        lastName: { type: string }
        buyer: { type: string }
        city: { type: string }
        capacity: { type: string }
        paidBy:
          oneOf:
            - { type: object, required: [kind, card], additionalProperties: false, properties: { kind: { const: card }, card: { type: string } } }
            - { type: object, required: [kind, iban], additionalProperties: false, properties: { kind: { const: bank }, iban: { type: string } } }
    Box:
      type: object
      required: [contents]
      properties:
        contents: { type: array, items: { $ref: '#/components/schemas/Box' } }
        lid: { $ref: '#/components/schemas/Lid' }
    Lid:
      type: object
      required: [of]
      properties: { of: { $ref: '#/components/schemas/Box' } }
    Nest: { type: array, minItems: 0, maxItems: 2, items: { $ref: '#/components/schemas/Nest' } }
    Formula:
      oneOf:
        - type: number
        - type: object
          required: [left, right]
          properties: { left: { $ref: '#/components/schemas/Formula' }, right: { $ref: '#/components/schemas/Formula' } }
`;

interface Box {
  readonly contents: readonly Box[];
}

interface Nest extends ReadonlyArray<Nest> {}

interface Packed {
  readonly [field: string]: unknown;
  readonly box: Box;
  readonly nest: Nest;
}

describe('samples are lifelike', { timeout: 120_000 }, () => {
  let packed: Samples<Packed>;
  let all: readonly Packed[];
  let text: string;

  beforeAll(async () => {
    const { workspace, diagnostics } = load(memoryReader({ 'specs/boxes/boxes.asyncapi.yaml': BOX }));
    expect(diagnostics.filter((it) => it.severity === 'error')).toEqual([]);
    const files = await generate(workspace, { importExtension: '.ts' });
    writeOutput(FOLDER, files);
    text = files.find((it) => it.path === 'boxes/samples.ts')?.text ?? '';
    const module = await import(/* @vite-ignore */ pathToFileURL(join(FOLDER, 'boxes/samples.ts')).href);
    packed = module.packed;
    all = packed.list(300, { seed: 7 });
  }, 120_000);

  afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

  const shareOf = (holds: (it: Packed) => boolean) => all.filter(holds).length / all.length;

  it('and compile', () => expect(compilerOutput(FOLDER)).toBe(''));

  it('give null now and then, and examples often, but not always; ids are never shared', () => {
    expect(shareOf((it) => it.note === null)).toBeGreaterThan(0.1);
    expect(shareOf((it) => it.note === null)).toBeLessThan(0.3);
    expect(shareOf((it) => it.from === 'Cork')).toBeGreaterThan(0.2);
    expect(shareOf((it) => it.from === 'Cork')).toBeLessThan(0.5);
    const ids = all.flatMap((it) => it.orderId ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('begin with one that has the examples, and no null', () => {
    for (const first of [packed.list(1)[0], packed.sample(undefined, { seed: 1 })]) {
      expect(first).toMatchObject({ from: 'Cork', note: expect.any(String) });
    }
  });

  it('go down where a schema contains itself, and come to an end', () => {
    const depthOf = ({ contents }: Box): number => 1 + Math.max(0, ...contents.map(depthOf));
    const depths = new Set(all.map((it) => depthOf(it.box)));
    expect([...depths].sort()).toEqual([1, 2, 3]);
    expect(shareOf(({ formula }) => JSON.stringify(formula).includes('{"left":{'))).toBeGreaterThan(0.05);
  });

  it('go down into arrays of themselves as well', () => {
    const depthOf = (nest: Packed['nest']): number => 1 + Math.max(0, ...nest.map(depthOf));
    expect([...new Set(all.map((it) => depthOf(it.nest)))].sort()).toEqual([1, 2, 3, 4]);
  });

  it('have people where people are meant, whatever the case of the name', () => {
    for (const it of all) {
      expect(it.recipient).toBe(`${it['first-name']} ${it.lastName}`);
      expect(it.buyer).toBe(it.recipient);
      expect(it.capacity).not.toBe(it.city);
    }
  });

  it('are printed as one would write them', () => {
    expect(text).toContain("colour: r.pick(['red', 'blue'])");
    expect(text).toContain("from: r.example(['Cork'], () => r.text(1, 40))");
    expect(text).toContain('contents: r.deeper(() => r.list(1, 3, () => someBox(r))) ?? []');
  });

  it('refuse parts that the contract refuses, and fit the rest to those that it takes', () => {
    expect(() => packed.sample({ weight_grams: -1 })).toThrow(
      /packed 1\.0 with these parts \(invalid\(\) makes what is refused\).*\/weight_grams should be 0 or more, found -1/,
    );
    for (let seed = 0; seed < 20; seed += 1) {
      const { paidBy } = packed.sample({ paidBy: { kind: 'bank' } }, { seed });
      expect(paidBy).toEqual({ kind: 'bank', iban: expect.any(String) });
    }
    expect(packed.sample({ orderId: undefined })).not.toHaveProperty('orderId');
    expect(() => packed.sample({ recipient: undefined })).toThrow(/recipient/);
  });
});
