import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load, memoryReader } from '@chirograph/contract/load';
import type { Samples } from '@chirograph/runtime/samples';
import { afterAll, describe, expect, it } from 'vitest';
import { generate } from './generate.ts';
import { compilerOutput, proofFolder, writeOutput } from './proof/prove.ts';

/** Contracts that are legal and that nobody would write on purpose: what is generated from them compiles and runs. */
describe('awkward contracts', { timeout: 120_000 }, () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const it of folders) rmSync(it, { recursive: true, force: true });
  });

  /** The generated modules, by their path, and their text; after the compiler has agreed to them. */
  const generated = async (name: string, files: Record<string, string>) => {
    const { workspace, diagnostics } = load(memoryReader(files));
    expect(diagnostics.filter((it) => it.severity === 'error')).toEqual([]);
    const folder = proofFolder(name);
    folders.push(folder);
    const written = await generate(workspace, { importExtension: '.ts' });
    writeOutput(folder, written);
    expect(compilerOutput(folder)).toBe('');
    const module = async (path: string) =>
      (await import(pathToFileURL(join(folder, path)).href)) as Record<string, unknown>;
    return Object.assign(module, { text: (path: string) => written.find((it) => it.path === path)?.text });
  };

  it('reads patterns that are valid without the flag `u` alone', async () => {
    const module = await generated('patterns', {
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
    const module = await generated('scripts', {
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
          properties: { kinder: { type: 'array', items: { $ref: '#/components/messages/Ärger/payload' } } },
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
      expect.arrayContaining(['maß', 'parseMaß', '注文', 'ärger']),
    );
    const types = module.text('mail/types.ts');
    expect(types).toMatch(/export interface Länge /);
    expect(types).toMatch(/export type Farbe /);
    expect(types).not.toMatch(/\bSchema\b/);
  });
});

/** A service that sends and receives messages with these payloads. */
function documentOf(payloads: Record<string, object>, more: object = {}): string {
  const keys = Object.keys(payloads);
  const pointer = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');
  return JSON.stringify({
    asyncapi: '3.0.0',
    info: { title: 'Awkward', version: '1.0.0' },
    channels: Object.fromEntries(
      keys.map((key, i) => [
        `channel${i}`,
        { address: `awkward.${i}`, messages: { [key]: { $ref: `#/components/messages/${pointer(key)}` } } },
      ]),
    ),
    operations: Object.fromEntries(
      keys.flatMap((_, i) =>
        (['send', 'receive'] as const).map((action) => [
          `${action}${i}`,
          { action, channel: { $ref: `#/channels/channel${i}` } },
        ]),
      ),
    ),
    components: {
      messages: Object.fromEntries(
        keys.map((key, i) => [key, { name: `awkward.${i}`, payload: payloads[key], ...more }]),
      ),
    },
  });
}
