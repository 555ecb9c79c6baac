import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { load, memoryReader } from '@chirograph/contract/load';
import { ContractViolationError } from '@chirograph/runtime/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../generate.ts';
import { messages } from '../messages/messages.ts';
import { proofFolder, writeOutput } from '../proof/prove.ts';
import { types } from '../types/types.ts';
import { validators } from './validators.ts';

const PARCELS = `
asyncapi: 3.0.0
info: { title: Parcels, version: 1.0.0 }
channels: { parcels: { address: parcels, messages: { Delivered: { $ref: '#/components/messages/Delivered' } } } }
operations: { receive: { action: receive, channel: { $ref: '#/channels/parcels' } } }
components:
  schemas:
    Pin:
      type: object
      required: [kind, pin]
      properties: { kind: { const: pin }, pin: { type: string, minLength: 4 } }
    Signature:
      type: object
      required: [kind, signed_by]
      properties: { kind: { const: signature }, signed_by: { type: string }, witness: { $ref: '#/components/schemas/Proof' } }
    Proof:
      discriminator: kind
      oneOf: [{ $ref: '#/components/schemas/Signature' }, { $ref: '#/components/schemas/Pin' }]
  messages:
    Delivered:
      name: parcel.delivered
      x-contract: { version: '1.0' }
      payload:
        type: object
        allOf:
          - { type: object }
          - { required: [proof] }
        properties:
          proof: { $ref: '#/components/schemas/Proof' }
          place:
            description: By a property that nothing calls a discriminator.
            anyOf:
              - { type: object, required: [at, name], properties: { at: { enum: [neighbour, shop] }, name: { type: string } } }
              - { type: object, required: [at, box], properties: { at: { const: locker }, box: { type: integer } } }
          either:
            oneOf:
              - { type: object, required: [a], properties: { a: { type: string } } }
              - { type: object, required: [b], properties: { b: { type: string } } }
`;

/** What is said of a message by the code that is generated for it. */
describe('what is wrong with one of several alternatives', () => {
  const folder = proofFolder('tagged');
  let parse: (value: unknown) => unknown;

  beforeAll(async () => {
    const { workspace } = load(memoryReader({ 'specs/parcels/parcels.asyncapi.yaml': PARCELS }));
    writeOutput(folder, await generate(workspace, { importExtension: '.ts' }, [types, validators, messages]));
    const module: { parseDelivered(value: unknown): unknown } = await import(
      join(folder, 'parcels/messages.ts')
    );
    parse = module.parseDelivered;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function said(value: unknown): string[] {
    try {
      parse(value);
    } catch (error) {
      if (!(error instanceof ContractViolationError)) throw error;
      return error.violations.map((it) => `${it.pointer} ${it.expected}`);
    }
    return [];
  }

  const pin = { kind: 'pin', pin: '1234' };

  it.each<[string, unknown, string[]]>([
    [
      'the alternative that the tag names',
      { proof: { kind: 'pin', pin: '12' } },
      ['/proof/pin 4 characters or more'],
    ],
    ['a tag that fits none', { proof: { kind: 'photo' } }, ['/proof/kind one of "signature", "pin"']],
    ['a tag that is no text', { proof: { kind: 3 } }, ['/proof/kind one of "signature", "pin"']],
    ['a tag that is missing', { proof: { pin: '1234' } }, ['/proof/kind given']],
    ['what is no object', { proof: 'pin' }, ['/proof an object']],
    [
      'an alternative within another',
      { proof: { kind: 'signature', signed_by: 'Ada', witness: { kind: 'signature' } } },
      ['/proof/witness/signed_by given'],
    ],
    [
      'alternatives that differ by a property',
      { proof: pin, place: { at: 'shop', box: 'x' } },
      ['/place/name given'],
    ],
    ['what two schemas ask for', 'x', [' an object']],
    ['nothing', { proof: pin, place: { at: 'locker', box: 1 } }, []],
  ])('is said of %s', (_, value, words) => {
    expect(said(value)).toEqual(words);
  });

  it('is said of each where nothing tells them apart', () => {
    expect(said({ proof: pin, either: {} })).toHaveLength(3);
  });
});
