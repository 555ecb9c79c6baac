/** What each service that takes commands over HTTP says of itself. */
import { readdirSync } from 'node:fs';
import type { HttpApi, HttpApiOptions } from '@chirograph/runtime/http';
import { testBus } from '@chirograph/runtime/testing';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';

describe('the OpenAPI document', () => {
  const root = new URL('../generated/', import.meta.url);
  const modules = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((it) =>
    /^[\w-]+\/http\/[\w-]+\.ts$/.test(it),
  );
  const handlers = new Proxy({}, { get: () => () => undefined });
  const options: HttpApiOptions = { store: testBus().store, requireKey: true };

  it.each(modules)('of generated/%s is one of OpenAPI 3.1', async (path) => {
    const module: Record<string, (options: HttpApiOptions, handlers: object) => HttpApi> = await import(
      new URL(path, root).href
    );
    const [make] = Object.values(module);
    const document = make?.(options, handlers).openApi ?? {};
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
    // Each reference leads somewhere.
    const text = JSON.stringify(document);
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(document).toHaveProperty(['components', 'schemas', name]);
  });
});
