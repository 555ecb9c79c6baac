import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formats } from './formats.ts';
import { dateTimeFormat, equal, ucs2length } from './index.ts';

/** Ajv's standalone code, with what it requires taken from here, as the generator prints it. */
function compiled(schema: object): (value: unknown) => boolean {
  const ajv = new Ajv({ code: { source: true } });
  addFormats.default(ajv);
  const code = standalone.default(ajv, ajv.compile(schema));
  const provided: Record<string, unknown> = {
    'ajv/dist/runtime/ucs2length': { default: ucs2length },
    'ajv/dist/runtime/equal': { default: equal },
    'ajv-formats/dist/formats': { fullFormats: { ...formats, 'date-time': dateTimeFormat } },
  };
  const require = (name: string): unknown => {
    if (!(name in provided)) throw new Error(`standalone code asks for ${name}`);
    return provided[name];
  };
  const module = { exports: {} as unknown };
  new Function('module', 'exports', 'require', code)(module, module.exports, require);
  return module.exports as (value: unknown) => boolean;
}

describe('what standalone validators need', () => {
  it('is all here', () => {
    const valid = compiled({
      type: 'object',
      properties: {
        id: { type: 'string', format: 'uuid' },
        at: { type: 'string', format: 'date-time' },
        mail: { type: 'string', format: 'email' },
        name: { type: 'string', maxLength: 2 },
        tags: { type: 'array', uniqueItems: true, items: { type: 'object' } },
      },
    });
    const good = {
      id: '7f0c6c1e-0000-4000-8000-000000000001',
      at: '2026-01-01T00:00:00Z',
      mail: 'a@b.la',
      name: '🦋🦋',
      tags: [{ a: 1 }, { a: 2 }],
    };
    expect(valid(good)).toBe(true);
    expect(valid({ ...good, id: 'prog-123' })).toBe(false);
    expect(valid({ ...good, at: '2026-13-01T00:00:00Z' })).toBe(false);
    expect(valid({ ...good, name: 'abc' })).toBe(false);
    expect(valid({ ...good, tags: [{ a: 1 }, { a: 1 }] })).toBe(false);
  });

  it('counts code points', () => {
    const text = fc
      .array(fc.integer({ min: 0, max: 0x10ffff }))
      .map((points) => String.fromCodePoint(...points));
    fc.assert(fc.property(text, (value) => ucs2length(value) === [...value].length));
    expect(ucs2length('\ud800\ud800')).toBe(2);
  });
});
