import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { folderReader, load, memoryReader } from '@chirograph/contract/load';
import type { Message, Workspace } from '@chirograph/contract/model';
import { createProducer, type MessageContract, receive } from '@chirograph/runtime';
import type { Samples } from '@chirograph/runtime/samples';
import { recordingPublisher } from '@chirograph/runtime/testing';
import { bundle, type Dialect, isObject, type JsonSchema, type JsonValue } from '@chirograph/schema';
import { compileSchema } from '@chirograph/schema/ajv';
import type { ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../generate.ts';
import { scopeOf } from '../scope.ts';
import type { GeneratedFile } from '../source/generator.ts';
import { CORPUS, KEYWORDS } from './corpus.ts';
import { corpusDocument } from './corpus-document.ts';
import { compilerOutput, proofFolder, typedValues, writeOutput } from './prove.ts';
import { valuesNear } from './values-near.ts';

/** Values made up for each message. `npm run proof` makes many more. */
const RUNS = Number(process.env.PROOF_RUNS ?? 12);
/** Of the valid ones, how many the type checker is shown. */
const TYPED = Math.min(RUNS, 60);

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = proofFolder('proof');

const corpus = load(memoryReader({ 'specs/corpus/corpus.asyncapi.json': JSON.stringify(corpusDocument()) }));
const ours = load(folderReader(ROOT, ['specs']));

describe('the proof', { timeout: 600_000 }, () => {
  const cases = [...casesOf(corpus.workspace), ...casesOf(ours.workspace)];
  let files: readonly GeneratedFile[] = [];

  beforeAll(async () => {
    expect(corpus.diagnostics).toEqual([]);
    files = [
      ...(await generate(corpus.workspace, { importExtension: '.ts' })),
      ...(await generate(ours.workspace, { importExtension: '.ts' })),
    ];
    writeOutput(FOLDER, files);
  }, 120_000);

  afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

  it('has a corpus that uses every keyword', () => {
    const used = new Set<string>();
    const visit = (value: unknown) => {
      if (Array.isArray(value)) value.forEach(visit);
      else if (isObject(value)) {
        for (const [key, inner] of Object.entries(value)) {
          used.add(key);
          visit(inner);
        }
      }
    };
    visit(CORPUS.map((it) => it.schema));
    expect(KEYWORDS.filter((it) => !used.has(it))).toEqual([]);
  });

  it('accepts and refuses what the interpreter does, and carries what it accepts', async () => {
    const tally = { valid: 0, invalid: 0 };
    const starved: string[] = [];
    for (const { message, type, valid, invalid } of cases) {
      const contract = await contractOf(message, type);
      for (const value of valid) {
        expect(contract.validate(value), `${type} refuses ${JSON.stringify(value)}`).toBe(true);
        await carries(contract, message, value);
      }
      for (const value of invalid)
        expect(contract.validate(value), `${type} accepts ${JSON.stringify(value)}`).toBe(false);
      if (valid.length === 0) starved.push(type);
      tally.valid += valid.length;
      tally.invalid += invalid.length;
    }
    expect(starved).toEqual([]);
    expect(tally.valid).toBeGreaterThan(cases.length * RUNS * 0.2);
    expect(tally.invalid).toBeGreaterThan(cases.length * RUNS * 0.2);
  });

  it('asks `contains` of each array anew, as Ajv does not', async () => {
    const { message } = cases.find(({ type }) => type === 'Lists') as Case;
    const contract = await contractOf(message, 'Lists');
    expect(contract.validate({ containingEach: [[1], [2, 1]] })).toBe(true);
    expect(contract.validate({ containingEach: [[1], []] })).toBe(false);
  });

  it('makes up samples of every message', async () => {
    for (const { message, type } of cases) {
      const module = await moduleOf(message, 'samples.ts');
      const factory = Object.entries(module).find(
        ([name]) => name.toLowerCase().replace(/message$/, '') === type.toLowerCase(),
      );
      expect((factory?.[1] as Samples<unknown> | undefined)?.list(5), type).toHaveLength(5);
    }
  });

  it('types what the interpreter accepts, and compiles under every strict flag, with either extension', async () => {
    const compiled = await generate(corpus.workspace, { importExtension: '.js' });
    writeOutput(join(FOLDER, 'js'), compiled);
    for (const [domain, own] of Map.groupBy(cases, ({ message }) => message.domain)) {
      const values = own.map(({ message, type, valid }) => ({
        message,
        type,
        values: valid.slice(0, TYPED),
      }));
      writeFileSync(join(FOLDER, `${domain}.values.ts`), typedValues(`./${domain}/types.ts`, values));
    }
    // TypeScript refuses an object that shares no property with a type whose properties are all optional: a hint of its
    // own, and no matter of the schema.
    const faults = compilerOutput(FOLDER)
      .split(/\n(?! )/)
      .filter((it) => !it.includes('has no properties in common with type'));
    expect(faults.slice(0, 40).join('\n')).toBe('');
  });
});

interface Case {
  readonly message: Message;
  readonly type: string;
  readonly valid: readonly JsonValue[];
  readonly invalid: readonly JsonValue[];
}

function casesOf(workspace: Workspace): Case[] {
  return workspace.domains.flatMap(({ name }) => {
    const { messages, names } = scopeOf(workspace, name, { importExtension: '.ts' });
    return messages.flatMap((message) => {
      if (message.payload === undefined) return [];
      const schema = bundle(workspace, message.payload);
      const accepts = interpreter(schema, workspace.schemas[message.payload]?.dialect ?? 'draft-07');
      // What has properties but no type is typed as an object, though JSON Schema lets anything else through.
      const isUntyped = message.key === 'Untyped';
      const valid: JsonValue[] = [];
      const invalid: JsonValue[] = [];
      // Some schemas are hard to meet by chance: for those, more is tried.
      for (let seed = 1; seed === 1 || (seed < 20 && valid.length < RUNS / 4); seed += 1) {
        const made = fc.sample(valuesNear(schema), { numRuns: RUNS, seed }).map(plain);
        for (const it of made) if (!isUntyped || isObject(it)) (accepts(it) ? valid : invalid).push(it);
      }
      return [{ message, type: names.typeOf(message), valid, invalid }];
    });
  });
}

/** As JSON carries it. */
function plain(value: JsonValue): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}

function interpreter(schema: JsonSchema, dialect: Dialect): ValidateFunction {
  return compileSchema(schema, dialect);
}

async function moduleOf({ domain }: Message, file: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(join(FOLDER, domain, file)).href)) as Record<string, unknown>;
}

async function contractOf(message: Message, type: string): Promise<MessageContract<unknown>> {
  const module = await moduleOf(message, 'messages.ts');
  const found = Object.values(module).find(
    (it): it is MessageContract<unknown> =>
      isObject(it) &&
      'validate' in it &&
      it.name === message.name &&
      it.version === message.version &&
      it.channel !== undefined,
  );
  if (!found) throw new Error(`no contract for ${type}`);
  return found;
}

/** Sent and received, a message is what it was. */
async function carries(
  contract: MessageContract<unknown>,
  message: Message,
  payload: JsonValue,
): Promise<void> {
  if (message.headers !== undefined) return;
  const recorded = recordingPublisher();
  const send = createProducer('proof', recorded);
  const sent = await send(contract, payload);
  const [accepted] = receive(contract, () => {});
  const decoded: unknown = JSON.parse(new TextDecoder().decode(recorded.published[0]?.message.body));
  expect(decoded).toEqual(sent);
  expect(accepted?.open({ payload: decoded, headers: {} }, contract.channel).kind).toBe('ready');
}
