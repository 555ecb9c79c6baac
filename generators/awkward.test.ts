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

  /** The generated modules of a domain, by their file; after the compiler has agreed to them. */
  const generated = async (name: string, files: Record<string, string>) => {
    const { workspace, diagnostics } = load(memoryReader(files));
    expect(diagnostics.filter((it) => it.severity === 'error')).toEqual([]);
    const folder = proofFolder(name);
    folders.push(folder);
    writeOutput(folder, await generate(workspace, { importExtension: '.ts' }));
    expect(compilerOutput(folder)).toBe('');
    return async (path: string) =>
      (await import(pathToFileURL(join(folder, path)).href)) as Record<string, unknown>;
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
